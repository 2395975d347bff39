import type { Digest } from '@strata/domain/shared'
import type { VerifiedFiles } from '@strata/domain/verification'
import { sql } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { measure, selected, type Universe } from './selection.ts'

const universe: Universe = { id: sql`file.digest`, from: sql`file`, where: sql`stored_at is not null` }

export function verifiedFiles(database: Pick<Database, 'kysely'>): VerifiedFiles {
  const { kysely } = database
  return {
    measure: (seed, sample) => measure(database, universe, seed, sample),

    async page(after, limit, selection) {
      const { rows } = await sql<{ digest: Digest; size: bigint }>`
        select digest, size from file
        where digest > ${after ?? ''} and stored_at is not null and ${selected(universe.id, selection)}
        order by digest limit ${limit}`.execute(kysely)
      return rows
    },

    async isStored(digest) {
      const { rows } = await sql`select from file where digest = ${digest} and stored_at is not null`.execute(kysely)
      return rows.length > 0
    },

    async usersOf(digest) {
      const { rows } = await sql<{ user: string }>`
        (select format('the file "%s" of record %s', name, record_id) as user from record_file where digest = ${digest} order by record_id limit 3)
        union all (select format('the file %s of run %s', name, run) from run_file where digest = ${digest} order by run limit 3)
        union all (select format('a file of a draft of %s', owner) from draft_file where digest = ${digest} limit 3)`.execute(kysely)
      return rows.map(({ user }) => user)
    },
  }
}
