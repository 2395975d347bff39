import type { RegistryQueries } from '@strata/domain/registry'
import { pageOf } from '@strata/domain/shared'
import { sql } from 'kysely'
import { toHook, toPointerEvent, toRelease } from '../repository/mappers/registry.ts'
import type { Database } from '../setup/connection.ts'

export function registryQueries({ prisma, kysely }: Pick<Database, 'prisma' | 'kysely'>): RegistryQueries {
  return {
    async hooks(names) {
      const rows = await kysely.selectFrom('hook').select(hookColumns).where('name', 'in', [...names]).execute()
      const byName = new Map(rows.map((row) => [row.name, toHook(row)]))
      return names.map((name) => byName.get(name))
    },

    async hookPage(page) {
      const where = page.after === undefined ? {} : { name: { gt: page.after } }
      const rows = await prisma.hook.findMany({ where, orderBy: { name: 'asc' }, take: page.first + 1 })
      return pageOf(rows.map(toHook), page)
    },

    hookCount: () => prisma.hook.count(),

    async releases(ids) {
      const rows = await kysely.selectFrom('hook_release').select(releaseColumns).where('id', 'in', [...ids]).execute()
      const byId = new Map<string, ReturnType<typeof toRelease>>(rows.map((row) => [row.id, toRelease(row)]))
      return ids.map((id) => byId.get(id))
    },

    async releaseOf(hook, version) {
      const row = await prisma.hookRelease.findUnique({ where: { hook_version: { hook, version } } })
      return row === null ? undefined : toRelease(row)
    },

    async releasePage(hook, page) {
      const before = page.after === undefined ? {} : { version: { lt: page.after } }
      const rows = await prisma.hookRelease.findMany({ where: { hook, ...before }, orderBy: { version: 'desc' }, take: page.first + 1 })
      return pageOf(rows.map(toRelease), page)
    },

    releaseCount: (hook) => prisma.hookRelease.count({ where: { hook } }),

    async pointerPage(hook, page) {
      const before = page.after === undefined ? {} : { position: { lt: page.after } }
      const rows = await prisma.pointerEvent.findMany({ where: { hook, ...before }, orderBy: { position: 'desc' }, take: page.first + 1 })
      return pageOf(rows.map(toPointerEvent), page)
    },

    async pointerEvents(ids) {
      const rows = await kysely.selectFrom('pointer_event').select(pointerColumns).where('id', 'in', [...ids]).execute()
      const byId = new Map(rows.map((row) => [row.id, toPointerEvent(row)]))
      return ids.map((id) => byId.get(id))
    },

    pointerCount: (hook) => prisma.pointerEvent.count({ where: { hook } }),

    async releaseTotals(ids) {
      const rows = await kysely
        .selectFrom('hook_run')
        .select(({ fn }) => [
          'release_id',
          fn.countAll<bigint>().as('runs'),
          // Records that have a result; those of a run that came to nothing have none.
          sql<bigint>`sum(passed_count + empty_count + rejected_count + errored_count)`.as('records'),
          fn.sum<bigint>('row_count').as('rows'),
        ])
        .where('release_id', 'in', [...ids])
        // What a reproduction finds is not kept.
        .where('reproduces', 'is', null)
        .groupBy('release_id')
        .execute()
      const byId = new Map(rows.map((row) => [row.release_id, row]))
      return ids.map((id) => {
        const row = byId.get(id)
        return { runs: Number(row?.runs ?? 0), records: Number(row?.records ?? 0), rows: BigInt(row?.rows ?? 0) }
      })
    },
  }
}

// What entities are looked up by goes past Prisma, which takes longer to think of such a query than PostgreSQL to answer it.
const hookColumns = ['name', 'feature', 'live_release_id as liveReleaseId', 'created_at as createdAt'] as const
const releaseColumns = [
  'id', 'hook', 'version', 'runtime', 'artifact', 'source_ref as sourceRef', 'built_by as builtBy', 'built_at as builtAt', 'state',
  'state_reason as stateReason', 'state_changed_by as stateChangedBy', 'state_changed_at as stateChangedAt',
] as const
const pointerColumns = [
  'id', 'hook', 'position', 'from_release_id as fromReleaseId', 'to_release_id as toReleaseId', 'actor', 'reason', 'at',
] as const
