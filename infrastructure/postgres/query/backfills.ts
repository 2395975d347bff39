import { progressOf, type BackfillQueries } from '@strata/domain/run'
import { pageOf } from '@strata/domain/shared'
import { toBackfill } from '../mappers/backfill.ts'
import type { Database } from '../session/connection.ts'
import { backfillCounts } from './backfill-counts.ts'

export function backfillQueries(database: Pick<Database, 'kysely'>): BackfillQueries {
  function matching(hook: string | undefined) {
    const query = database.kysely.selectFrom('backfill')
    return hook === undefined ? query : query.where('hook', '=', hook)
  }

  return {
    async backfills(ids) {
      if (ids.length === 0) return []
      const rows = await database.kysely
        .selectFrom('backfill')
        .selectAll()
        .where('id', 'in', [...ids])
        .execute()
      const byId = new Map(rows.map((row) => [row.id, toBackfill(row)]))
      return ids.map((id) => byId.get(id))
    },

    async progress(backfills) {
      const counts = await backfillCounts(
        database,
        backfills.map(({ id }) => id),
      )
      return backfills.map((backfill, n) => progressOf(backfill, counts[n] ?? { done: 0n, underWay: 0n }))
    },

    async backfillPage(hook, page) {
      let query = matching(hook)
        .selectAll()
        .orderBy('id', 'desc')
        .limit(page.first + 1)
      if (page.after !== undefined) query = query.where('id', '<', page.after)
      return pageOf((await query.execute()).map(toBackfill), page)
    },

    async backfillCount(hook) {
      const { count } = await matching(hook)
        .select(({ fn }) => fn.countAll<bigint>().as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    },
  }
}
