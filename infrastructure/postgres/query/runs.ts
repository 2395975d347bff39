import { type RunFilter, type RunQueries, type RunQueueEntry, type StandingRun } from '@strata/domain/run'
import { pageOf } from '@strata/domain/shared'
import type { DB } from '@strata/prisma/tables'
import { sql, type Selectable } from 'kysely'
import { toAttempt, toRun } from '../repository/mappers/run.ts'
import type { Database } from '../setup/connection.ts'
import { standingColumns, toStanding, type StandingRow } from './run-standing.ts'

export function runQueries({ kysely }: Pick<Database, 'kysely'>): RunQueries {
  function matching({ hook, status, version, backfill }: RunFilter) {
    let query = kysely.selectFrom('hook_run')
    if (hook !== undefined) query = query.where('hook', '=', hook)
    if (status !== undefined) query = query.where('status', '=', status)
    if (version !== undefined && hook !== undefined) {
      const release = kysely.selectFrom('hook_release').select('id').where('hook', '=', hook).where('version', '=', version)
      query = query.where('release_id', '=', release)
    }
    if (backfill !== undefined) query = query.where('batch_id', 'in', kysely.selectFrom('batch').select('id').where('backfill_id', '=', backfill))
    return query
  }

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
      const rows = await kysely.selectFrom('run_attempt').selectAll().where('run', 'in', [...ids]).orderBy('number').execute()
      const [byRun, runs] = [Map.groupBy(rows, ({ run }) => run), await standingRuns([...new Set(rows.map(({ run }) => run))])]
      return ids.map((id) => ({ attempts: (byRun.get(id) ?? []).map(toAttempt), standing: runs.get(id)?.standing ?? hidden }))
    },

    async runPage(filter, page) {
      let query = matching(filter).select('id').orderBy('id', 'desc').limit(page.first + 1)
      if (page.after !== undefined) query = query.where('id', '<', page.after)
      const ids = (await query.execute()).map(({ id }) => id)
      const runs = await standingRuns(ids)
      return pageOf(ids.flatMap((id) => runs.get(id) ?? []), page)
    },

    async runCount(filter) {
      const { count } = await matching(filter).select(({ fn }) => fn.countAll<bigint>().as('count')).executeTakeFirstOrThrow()
      return Number(count)
    },

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

/** A run without attempts has no text to hide. A run without its batch would show none of its texts. */
const hidden = { isPublic: false, submittedBy: '' }
