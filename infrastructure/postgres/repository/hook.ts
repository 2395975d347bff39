import { randomUUIDv7 } from 'node:crypto'
import { artifactKey, type ClaimedHook, type FeatureSpec, type HookRepository, type ReleaseId } from '@strata/domain/registry'
import type { HookName, Slug } from '@strata/domain/shared'
import type { Prisma } from '@strata/prisma/client'
import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'
import { claim } from './claim.ts'
import { pendingRecords } from '../query/reading/pending-records.ts'
import { toHook, toPointerEvent, toRelease } from '../mappers/registry.ts'

export function hookRepository({ kysely, prisma }: Transaction): HookRepository {
  return {
    async claim(name) {
      await claim({ kysely }, 'hook', name)
      const row = await prisma.hook.findUnique({ where: { name }, include: { releases: { orderBy: { version: 'asc' } } } })
      return row === null ? undefined : { ...toHook(row), releases: row.releases.map(toRelease), ...(await pastOf({ kysely }, name)) }
    },

    async insert(name, feature) {
      const row = await prisma.hook.create({ data: { name, feature: asJson(feature) } })
      return { ...toHook(row), releases: [], everLive: new Set(), rolledBack: new Set() }
    },

    async document(name, feature) {
      await prisma.hook.update({ where: { name }, data: { feature: asJson(feature) } })
    },

    async addRelease(hook, version, { runtime, sourceRef }, actor) {
      const row = await prisma.hookRelease.create({
        data: {
          id: randomUUIDv7(),
          hook,
          version,
          runtime: asJson(runtime),
          artifact: artifactKey(runtime),
          sourceRef,
          builtBy: actor,
        },
      })
      return toRelease(row)
    },

    async knowsSourceRef({ id, sourceRef: first }, sourceRef) {
      return sourceRef === first || (await prisma.hookReleaseSourceRef.count({ where: { releaseId: id, sourceRef } })) > 0
    },

    async addSourceRef(releaseId, sourceRef, actor) {
      await prisma.hookReleaseSourceRef.create({ data: { releaseId, sourceRef, actor } })
    },

    async moveLive({ hook, from, to, reason, isRollback }, actor) {
      await prisma.hook.update({ where: { name: hook }, data: { liveReleaseId: to } })
      const position = 1 + (await prisma.pointerEvent.count({ where: { hook } }))
      const row = await prisma.pointerEvent.create({
        data: {
          id: randomUUIDv7(),
          hook,
          position,
          fromReleaseId: from ?? null,
          toReleaseId: to,
          actor,
          reason: reason ?? null,
          isRollback,
        },
      })
      return toPointerEvent(row)
    },

    async setState(release, state, reason, actor) {
      const row = await prisma.hookRelease.update({
        where: { id: release },
        data: { state, stateReason: reason, stateChangedBy: actor, stateChangedAt: new Date() },
      })
      await prisma.releaseStateEvent.create({ data: { id: randomUUIDv7(), releaseId: release, state, reason, actor } })
      return toRelease(row)
    },

    async conventionsUsing(name) {
      const rows = await prisma.conventionHook.findMany({ where: { hook: name }, orderBy: { convention: 'asc' } })
      return rows.map((row) => row.convention as Slug)
    },

    pendingRecords: (name, live, conventions) => pendingRecords({ kysely }, name, live, conventions),
  }
}

async function pastOf({ kysely }: Pick<Transaction, 'kysely'>, hook: HookName): Promise<Pick<ClaimedHook, 'everLive' | 'rolledBack'>> {
  const { rows } = await sql<{ id: ReleaseId; rolledBack: boolean }>`
    select release.id, exists (
      select from pointer_event event
      where event.hook = ${hook} and event.from_release_id = release.id
        and event.position > coalesce((select max(position) from pointer_event where hook = ${hook} and not is_rollback), 0)
    ) as "rolledBack"
    from hook_release release
    where release.hook = ${hook} and exists (select from pointer_event event where event.to_release_id = release.id)`.execute(kysely)
  return {
    everLive: new Set(rows.map(({ id }) => id)),
    rolledBack: new Set(rows.filter(({ rolledBack }) => rolledBack).map(({ id }) => id)),
  }
}

function asJson(value: object | FeatureSpec): Prisma.InputJsonObject {
  return value as unknown as Prisma.InputJsonObject
}
