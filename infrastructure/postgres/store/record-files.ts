import type { FileRequirements } from '@strata/domain/convention'
import type { RecordFileStore } from '@strata/domain/record'
import { sql } from 'kysely'
import { isInSight, mediaTypeInSight } from '../repository/file-sight.ts'
import { toFile, type FileRow } from '../mappers/file.ts'
import type { Transaction } from '../session/transaction.ts'

/** The files of records, in bulk: one statement per operation. */
export function recordFileStore({ kysely }: Pick<Transaction, 'kysely'>): RecordFileStore {
  return {
    async rulesOf(convention) {
      const row = await kysely.selectFrom('convention').select('files').where('slug', '=', convention).executeTakeFirst()
      return row?.files as unknown as FileRequirements | undefined
    },

    async hold(digests, sight) {
      // The sweep removes only unreferenced files. Locked in a fixed order, so that two calls cannot deadlock.
      await sql`
        select from file
        where digest = any(${digests}::text[]) and referenced_at is null and stored_at is not null and ${isInSight(sight)}
        order by digest
        for update`.execute(kysely)
      const { rows } = await sql<FileRow>`
        select digest, size, ${mediaTypeInSight(sight)} as media_type from file
        where digest = any(${digests}::text[]) and stored_at is not null and ${isInSight(sight)}`.execute(kysely)
      return rows.map(toFile)
    },

    async attach(attached) {
      const rows = attached.flatMap(({ record, files }) => files.map((file, position) => ({ record, position, ...file })))
      const digests = rows.map(({ digest }) => digest)
      await sql`
        insert into record_file (record_id, name, position, digest)
        select * from unnest(
          ${rows.map(({ record }) => record)}::uuid[],
          ${rows.map(({ name }) => name)}::text[],
          ${rows.map(({ position }) => position)}::int[],
          ${digests}::text[]
        )`.execute(kysely)
      await sql`
        update file set referenced_at = coalesce(referenced_at, now()), media_type = coalesce(file.media_type, given.media_type)
        from (
          select digest, min(media_type) as media_type
          from unnest(${digests}::text[], ${rows.map(({ mediaType }) => mediaType ?? null)}::text[]) as given (digest, media_type)
          group by digest
        ) given
        where file.digest = given.digest
          and (referenced_at is null or file.media_type is null and given.media_type is not null)`.execute(kysely)
      await sql`delete from file_holding where digest = any(${digests}::text[])`.execute(kysely)
    },
  }
}
