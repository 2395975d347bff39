import type { VerifiedRows } from '@strata/domain/verification'
import { sql } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { snapshot } from '../../session/snapshot.ts'

export function verifiedRows(database: Pick<Database, 'kysely'>): VerifiedRows {
  return {
    async tables() {
      const { rows } = await sql<{ name: string }>`
        select relname::text as name from pg_class where relnamespace = 'features'::regnamespace and relkind = 'r' order by relname::text collate "C"`.execute(
        database.kysely,
      )
      return rows.map(({ name }) => name)
    },

    runsIn: (table, after, limit) =>
      snapshot(database, async (kysely) => {
        const rows = sql.id('features', table)
        // Skips from one run to the next in the primary key, without reading the rows in between.
        const { rows: found } = await sql<{ run: string; fault: string | null }>`
          with recursive named as (
            (select _run from ${rows} ${after === undefined ? sql`` : sql`where _run > ${after}`} order by _run limit 1)
            union all
            select (select _run from ${rows} where _run > named._run order by _run limit 1) from named where named._run is not null
          )
          select _run as run,
            case
              when hook_run.id is null then 'there is no such run'
              when hook_run.hook <> ${table} then 'it is a run of the hook ' || hook_run.hook
              when finished_at is null then 'it has not ended'
              when reproduces is not null then 'it is a reproduction, whose rows are never kept'
            end as fault
          from (select _run from named where _run is not null limit ${limit}) page left join hook_run on hook_run.id = _run
          order by _run`.execute(kysely)
        return found.map(({ run, fault }) => ({ run, fault: fault ?? undefined }))
      }),
  }
}
