import type { FileRequirements } from '@strata/domain/convention'
import type { RecordFileStore } from '@strata/domain/record'
import { sql } from 'kysely'
import { toFile, type FileRow } from '../repository/mappers/file.ts'
import type { Transaction } from '../setup/transaction.ts'

/** The files of records, in bulk: one statement each, whatever their number. */
export function recordFileStore({ kysely }: Pick<Transaction, 'kysely'>): RecordFileStore {
  return {
    async rulesOf(convention) {
      const row = await kysely.selectFrom('convention').select('files').where('slug', '=', convention).executeTakeFirst()
      return row?.files as unknown as FileRequirements | undefined
    },

    async hold(digests) {
      // Only what nothing refers to yet can be swept; in one order, so that two calls never lock crosswise.
      await sql`
        select from file
        where digest = any(${digests}::text[]) and referenced_at is null and stored_at is not null
        order by digest
        for update`.execute(kysely)
      const { rows } = await sql<FileRow>`
        select digest, size, media_type from file
        where digest = any(${digests}::text[]) and stored_at is not null`.execute(kysely)
      return rows.map(toFile)
    },

    async attach(attached) {
      const rows = attached.flatMap(({ record, files }) => files.map(({ name, digest }, position) => ({ record, name, digest, position })))
      const digests = rows.map(({ digest }) => digest)
      await sql`
        insert into record_file (record_id, name, position, digest)
        select * from unnest(
          ${rows.map(({ record }) => record)}::uuid[],
          ${rows.map(({ name }) => name)}::text[],
          ${rows.map(({ position }) => position)}::int[],
          ${digests}::text[]
        )`.execute(kysely)
      await sql`update file set referenced_at = now() where digest = any(${digests}::text[]) and referenced_at is null`.execute(kysely)
    },
  }
}
