import { type RunFilter, type RunQueries } from '@strata/domain/run'
import { pageOf } from '@strata/domain/shared'
import { toAttempt, toRun } from '../repository/mappers/run.ts'
import type { Database } from '../setup/connection.ts'

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

  return {
    async runs(ids) {
      if (ids.length === 0) return []
      const rows = await kysely.selectFrom('hook_run').selectAll().where('id', 'in', [...ids]).execute()
      const byId = new Map(rows.map((row) => [row.id, toRun(row)]))
      return ids.map((id) => byId.get(id))
    },

    async attemptsOf(ids) {
      if (ids.length === 0) return []
      const rows = await kysely.selectFrom('run_attempt').selectAll().where('run', 'in', [...ids]).orderBy('number').execute()
      const byRun = Map.groupBy(rows, ({ run }) => run)
      return ids.map((id) => (byRun.get(id) ?? []).map(toAttempt))
    },

    async runPage(filter, page) {
      let query = matching(filter).selectAll().orderBy('id', 'desc').limit(page.first + 1)
      if (page.after !== undefined) query = query.where('id', '<', page.after)
      return pageOf((await query.execute()).map(toRun), page)
    },

    async runCount(filter) {
      const { count } = await matching(filter).select(({ fn }) => fn.countAll<bigint>().as('count')).executeTakeFirstOrThrow()
      return Number(count)
    },
  }
}
