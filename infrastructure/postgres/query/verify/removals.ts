import type { ErasedThing, VerifiedRemovals } from '@strata/domain/verification'
import { sql } from 'kysely'
import type { Database } from '../../session/connection.ts'

/** Typed rows that are left are found with the records, and rows of hooks with the runs. */
export function verifiedRemovals({ kysely }: Pick<Database, 'kysely'>): VerifiedRemovals {
  return {
    async count() {
      const { rows } = await sql<{ n: bigint }>`select count(*) as n from erasure where kind <> 'LOG'`.execute(kysely)
      return Number(rows[0]?.n ?? 0)
    },

    async page(after, limit) {
      const { rows } = await sql<{ id: string; subject: string; remains: readonly string[]; waiting_since: Date | null }>`
        select id, lower(kind::text) || ':' || name as subject, case when done_at is null then at end as waiting_since,
          array_remove(case kind
            when 'RECORD' then array[
              (select 'metadata' from record where record.id = erased.name::uuid and (metadata <> '{}' or note is not null)),
              (select 'the metadata of a candidate' from candidate where candidate.id = erased.name::uuid and metadata <> '{}'),
              (select 'a deposition' from deposition where record_id = erased.name::uuid and metadata <> '{}'),
              (select 'a file' from record_file where record_id = erased.name::uuid limit 1),
              (select 'a reason' from run_outcome where record = erased.name::uuid and reason <> 'Erased with the record that was removed.' limit 1)
            ]
            when 'RUN' then array[
              (select 'what it printed' from run_log where run = erased.name::uuid limit 1),
              (select 'a kept file' from run_file where run = erased.name::uuid limit 1)
            ]
            else '{}'
          end, null) as remains
        from (
          select *, (withdrawal || ' ' || kind || ' ' || name) collate "C" as id from erasure where kind <> 'LOG'
        ) erased
        where ${after === undefined ? sql`true` : sql`id > ${after}`}
        order by id limit ${limit}`.execute(kysely)
      return rows.map(({ waiting_since, ...thing }): ErasedThing => ({ ...thing, waitingSince: waiting_since ?? undefined }))
    },
  }
}
