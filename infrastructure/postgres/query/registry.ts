import type { RegistryQueries } from '@strata/domain/registry'
import { pageOf } from '@strata/domain/shared'
import { sql, type RawBuilder } from 'kysely'
import { toHook, toPointerEvent, toRelease } from '../mappers/registry.ts'
import type { Database } from '../session/connection.ts'
import { countsTogether, pagesTogether } from './read-together.ts'

export function registryQueries({ prisma, kysely }: Pick<Database, 'prisma' | 'kysely'>): RegistryQueries {
  return {
    async hooks(names) {
      const rows = await kysely
        .selectFrom('hook')
        .select(hookColumns)
        .where('name', 'in', [...names])
        .execute()
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
      const rows = await kysely
        .selectFrom('hook_release')
        .select(releaseColumns)
        .where('id', 'in', [...ids])
        .execute()
      const byId = new Map<string, ReturnType<typeof toRelease>>(rows.map((row) => [row.id, toRelease(row)]))
      return ids.map((id) => byId.get(id))
    },

    async sourceRefs(ids) {
      const { rows } = await sql<{ id: string; refs: string[] }>`
        select release.id, array[release.source_ref] || array(
          select source_ref from hook_release_source_ref more where more.release_id = release.id order by more.at, more.source_ref
        ) as refs
        from hook_release release where release.id = any(${[...ids]}::uuid[])`.execute(kysely)
      const byId = new Map(rows.map(({ id, refs }) => [id, refs]))
      return ids.map((id) => byId.get(id) ?? [])
    },

    async releaseOf(hook, version) {
      const row = await prisma.hookRelease.findUnique({ where: { hook_version: { hook, version } } })
      return row === null ? undefined : toRelease(row)
    },

    releasePages: (listings) => pagesTogether({ kysely }, listings, newestReleases, toRelease),
    releaseCounts: (hooks) =>
      countsTogether(
        { kysely },
        hooks.map((hook) => sql`from hook_release where ${ofHook(hook)}`),
      ),

    pointerPages: (listings) => pagesTogether({ kysely }, listings, newestMoves, toPointerEvent),

    async pointerEvents(ids) {
      const rows = await kysely
        .selectFrom('pointer_event')
        .select(pointerColumns)
        .where('id', 'in', [...ids])
        .execute()
      const byId = new Map(rows.map((row) => [row.id, toPointerEvent(row)]))
      return ids.map((id) => byId.get(id))
    },

    pointerCounts: (hooks) =>
      countsTogether(
        { kysely },
        hooks.map((hook) => sql`from pointer_event where ${ofHook(hook)}`),
      ),

    async releaseTotals(ids) {
      // The stored counts count a record once, even if several runs of a release computed it, with its stored rows. They exclude
      // reproductions.
      const { rows } = await sql<{ id: string; runs: bigint; records: bigint; rows: bigint }>`
        select release.id, coalesce(kept.records, 0)::bigint as records, coalesce(kept.rows, 0)::bigint as rows,
          (select count(*) from hook_run run where run.release_id = release.id and run.reproduces is null) as runs
        from hook_release release
        cross join lateral (
          select sum(records) as records, sum(rows) as rows from hook_coverage where hook = release.hook and version = release.version and records > 0
        ) kept
        where release.id = any(${[...ids]}::uuid[])`.execute(kysely)
      const byId = new Map(rows.map((row) => [row.id, row]))
      return ids.map((id) => {
        const row = byId.get(id)
        return { runs: Number(row?.runs ?? 0), records: Number(row?.records ?? 0), rows: row?.rows ?? 0n }
      })
    },
  }
}

function ofHook(hook: string): RawBuilder<unknown> {
  return sql`hook = ${hook}`
}

function newestReleases(hook: string, after: number | undefined, limit: number) {
  return sql<Parameters<typeof toRelease>[0]>`
    select ${columns(releaseColumns)} from hook_release
    where ${ofHook(hook)} and ${after === undefined ? sql`true` : sql`version < ${after}`} order by version desc limit ${limit}`
}

function newestMoves(hook: string, after: number | undefined, limit: number) {
  return sql<Parameters<typeof toPointerEvent>[0]>`
    select ${columns(pointerColumns)} from pointer_event
    where ${ofHook(hook)} and ${after === undefined ? sql`true` : sql`position < ${after}`} order by position desc limit ${limit}`
}

function columns(names: readonly string[]): RawBuilder<unknown> {
  return sql.join(names.map(aliased))
}

function aliased(name: string): RawBuilder<unknown> {
  const [column = name, alias = column] = name.split(' as ')
  return sql`${sql.ref(column)} as ${sql.ref(alias)}`
}

// Look-ups of federated entities bypass Prisma, which takes longer to prepare such a query than PostgreSQL to answer it.
const hookColumns = ['name', 'feature', 'live_release_id as liveReleaseId', 'created_at as createdAt'] as const
const releaseColumns = [
  'id',
  'hook',
  'version',
  'runtime',
  'artifact',
  'source_ref as sourceRef',
  'built_by as builtBy',
  'built_at as builtAt',
  'state',
  'state_reason as stateReason',
  'state_changed_by as stateChangedBy',
  'state_changed_at as stateChangedAt',
] as const
const pointerColumns = [
  'id',
  'hook',
  'position',
  'from_release_id as fromReleaseId',
  'to_release_id as toReleaseId',
  'actor',
  'reason',
  'is_rollback as isRollback',
  'at',
] as const
