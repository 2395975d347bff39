import type { Erasure, ErasureLedger, Removal } from '@strata/domain/record'
import { sql } from 'kysely'
import type { Database } from '../session/connection.ts'
import { transaction } from '../session/transaction.ts'
import { eraseRuns } from '../store/erase-runs.ts'

/** Each step commits by itself: between them content is removed from the storage, which no transaction can take back. */
export function erasureLedger(database: Database): ErasureLedger {
  const { kysely } = database
  return {
    async waiting(after, limit) {
      const { rows } = await sql<WaitingRow>`
        select withdrawal, erasure.kind, name, record, reason, actor, withdrawal.at
        from erasure join withdrawal on withdrawal.id = withdrawal
        where done_at is null and ${after === undefined ? sql`true` : sql`(erasure.kind, withdrawal, name) > (${after.kind}::erasure_kind, ${after.withdrawal}::uuid, ${after.name})`}
        order by erasure.kind, withdrawal, name limit ${limit}`.execute(kysely)
      return rows.flatMap(toErasure)
    },

    eraseRun: ({ withdrawal, name }) => transaction(database, async (tx) => (await eraseRuns(tx, withdrawal, [name])).length > 0),

    async strikeOff(digest, remove) {
      // It loses its standing first: from then on, publishing refuses it until it is uploaded again.
      await sql`
        update file set referenced_at = null, stored_at = null
        where digest = ${digest} and not exists (select from file_reference where file_reference.digest = file.digest)`.execute(kysely)
      await transaction(database, async (tx) => {
        const { rows } = await sql`
          select from file where digest = ${digest} and referenced_at is null and stored_at is null for update`.execute(tx.kysely)
        if (rows.length === 0) return
        await remove()
        await sql`delete from file where digest = ${digest}`.execute(tx.kysely)
      })
    },

    async done({ withdrawal, kind, name }) {
      await sql`
        update erasure set done_at = clock_timestamp()
        where withdrawal = ${withdrawal} and kind = ${kind}::erasure_kind and name = ${name} and done_at is null`.execute(kysely)
    },
  }
}

/** Of these removals, those that the database does not know. */
export async function unknownRemovals({ kysely }: Pick<Database, 'kysely'>, ids: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select given.id::text as id from unnest(${ids}::uuid[]) given (id) where not exists (select from withdrawal where withdrawal.id = given.id)`.execute(
    kysely,
  )
  return rows.map(({ id }) => id)
}

interface WaitingRow extends Pick<Removal, 'record' | 'reason' | 'actor'> {
  readonly withdrawal: string
  readonly kind: 'RECORD' | 'RUN' | 'FILE' | 'LOG'
  readonly name: string
  readonly at: Date
}

function toErasure({ withdrawal, kind, name, record, reason, actor, at }: WaitingRow): readonly Erasure[] {
  switch (kind) {
    case 'LOG':
      return [{ withdrawal, kind, name, removal: { id: withdrawal, record, reason, actor, at: at.toISOString() } }]
    case 'RUN':
    case 'FILE':
      return [{ withdrawal, kind, name }]
    case 'RECORD':
      // Erased in the transaction of the removal.
      return []
    default:
      return kind satisfies never
  }
}
