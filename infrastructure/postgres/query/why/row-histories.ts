import type { MadeRowId, RowHistories } from '@strata/domain/provenance'
import { sql } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { findRow } from '../reading/find-row.ts'
import { readableHook } from '../reading/readable-dataset.ts'
import { selection, toTableRow, type SelectedRow } from '../reading/row-values.ts'
import { systemColumn, tableSql } from '../reading/table-sql.ts'
import { readHistory } from './read-history.ts'
import { versionStanding } from './version-standing.ts'

/** Reads what explains a row. Each query uses a key, so its cost does not depend on the size of the table. */
export function rowHistories(database: Pick<Database, 'kysely' | 'prisma'>): RowHistories {
  const { kysely } = database
  return {
    row: (id) => findRow(database, id),

    historyOf: async (id, asOf) => readHistory(kysely, id, asOf),

    versionAt: (id, asOf) => versionStanding(kysely, id.record, asOf),

    async rowsOf(id, runs, limit) {
      const table = runs.length === 0 ? undefined : await readableHook(database, id.hook)
      if (table === undefined) return []
      const stale = sql<boolean>`row._version is distinct from (
        select live.version from hook join hook_release live on live.id = hook.live_release_id where hook.name = ${id.hook})`
      const { rows } = await sql<SelectedRow>`
        select ${selection(table, 'row', stale, { haveVersions: true })}
        from unnest(${runs}::uuid[]) with ordinality wanted (run, place)
        join ${tableSql(table)} as row on ${systemColumn('row', '_run')} = wanted.run and ${systemColumn('row', '_record')} = ${id.record}::uuid
        order by wanted.place, row._ordinal
        limit ${limit}`.execute(kysely)
      return rows.map((row) => toTableRow(table, row))
    },

    rowsMade: (id) => readMade(kysely, id),
  }
}

async function readMade(kysely: Database['kysely'], { hook, run, record }: MadeRowId) {
  const { rows } = await sql<{ status: string; rows: number; isKept: boolean }>`
    select outcome.status, outcome.row_count as rows, outcome.won_at is not null as "isKept"
    from run_outcome outcome join hook_run run on run.id = outcome.run and run.hook = ${hook}
    where outcome.run = ${run}::uuid and outcome.record = ${record}::uuid`.execute(kysely)
  return rows[0]
}
