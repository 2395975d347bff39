import { type RunFilter, type RunQueries, type RunQueueEntry, type StandingRun } from '@strata/domain/run'
import type { DB } from '@strata/prisma/tables'
import { sql, type RawBuilder, type Selectable } from 'kysely'
import { toAttempt, toRun } from '../mappers/run.ts'
import type { Database } from '../session/connection.ts'
import { countsTogether, pagesTogether } from './read-together.ts'
import { standingColumns, toStanding, type StandingRow } from './run-standing.ts'

export function runQueries({ kysely }: Pick<Database, 'kysely'>): RunQueries {
  async function standingRuns(ids: readonly string[]): Promise<ReadonlyMap<string, StandingRun>> {
    if (ids.length === 0) return new Map()
    const { rows } = await sql<Selectable<DB['hook_run']> & StandingRow>`
      select hook_run.*, ${standingColumns}
      from hook_run join batch on batch.id = hook_run.batch_id
      where hook_run.id = any(${ids}::uuid[])`.execute(kysely)
    return new Map(rows.map((row) => [row.id, { run: toRun(row), standing: toStanding(row) }]))
  }

  return {
    async runs(ids) {
      const byId = await standingRuns(ids)
      return ids.map((id) => byId.get(id))
    },

    async attemptsOf(ids) {
      if (ids.length === 0) return []
      const rows = await kysely
        .selectFrom('run_attempt')
        .selectAll()
        .where('run', 'in', [...ids])
        .orderBy('number')
        .execute()
      const [byRun, runs] = [Map.groupBy(rows, ({ run }) => run), await standingRuns([...new Set(rows.map(({ run }) => run))])]
      return ids.map((id) => ({ attempts: (byRun.get(id) ?? []).map(toAttempt), standing: runs.get(id)?.standing ?? hidden }))
    },

    async runPages(listings) {
      const pages = await pagesTogether({ kysely }, listings, newest, ({ id }) => id)
      const runs = await standingRuns([...new Set(pages.flatMap(({ items }) => items))])
      return pages.map((page) => ({ ...page, items: page.items.flatMap((id) => runs.get(id) ?? []) }))
    },

    runCounts: (filters) =>
      countsTogether(
        { kysely },
        filters.map((filter) => sql`from hook_run where ${matching(filter)}`),
      ),

    async queue(first) {
      const { rows } = await sql<Omit<RunQueueEntry, 'waitingSince'> & { since: Date | null }>`
        select convention, hook, count(*) filter (where status = 'QUEUED')::int as queued, count(*) filter (where status = 'RUNNING')::int as running,
          min(created_at) filter (where status = 'QUEUED') as since
        from hook_run
        where finished_at is null
        group by convention, hook
        order by since nulls last, convention, hook
        limit ${first}`.execute(kysely)
      return rows.map(({ since, ...entry }) => (since === null ? entry : { ...entry, waitingSince: since }))
    },
  }
}

function newest(filter: RunFilter, after: string | undefined, limit: number) {
  return sql<{ id: string }>`
    select id from hook_run
    where ${matching(filter)} and ${after === undefined ? sql`true` : sql`id < ${after}`} order by id desc limit ${limit}`
}

function matching({ hook, status, version, backfill }: RunFilter): RawBuilder<unknown> {
  const conditions = [sql`true`]
  if (hook !== undefined) conditions.push(sql`hook = ${hook}`)
  if (status !== undefined) conditions.push(sql`status = ${status}::run_status`)
  if (version !== undefined && hook !== undefined) {
    conditions.push(sql`release_id = (select id from hook_release where hook = ${hook} and version = ${version})`)
  }
  if (backfill !== undefined) conditions.push(sql`batch_id in (select id from batch where backfill_id = ${backfill})`)
  return sql.join(conditions, sql` and `)
}

/** For a run without attempts, there is no text to hide; for a run without its batch, all texts are hidden. */
const hidden = { isPublic: false, submittedBy: '' }
