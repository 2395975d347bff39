import { randomUUIDv7 } from 'node:crypto'
import { artifactKey, type FeatureSpec, type HookRepository } from '@strata/domain/registry'
import type { Slug } from '@strata/domain/shared'
import type { Prisma } from '@strata/prisma/client'
import type { Transaction } from '../setup/transaction.ts'
import { claim } from './claim.ts'
import { toHook, toPointerEvent, toRelease } from './mappers/registry.ts'

export function hookRepository({ kysely, prisma }: Transaction): HookRepository {
  return {
    async claim(name) {
      await claim({ kysely }, 'hook', name)
      const row = await prisma.hook.findUnique({ where: { name }, include: { releases: { orderBy: { version: 'asc' } } } })
      return row === null ? undefined : { ...toHook(row), releases: row.releases.map(toRelease) }
    },

    async insert(name, feature) {
      const row = await prisma.hook.create({ data: { name, feature: asJson(feature) } })
      return { ...toHook(row), releases: [] }
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

    async moveLive({ hook, from, to, reason }, actor) {
      await prisma.hook.update({ where: { name: hook }, data: { liveReleaseId: to } })
      const position = 1 + (await prisma.pointerEvent.count({ where: { hook } }))
      const row = await prisma.pointerEvent.create({
        data: { id: randomUUIDv7(), hook, position, fromReleaseId: from ?? null, toReleaseId: to, actor, reason: reason ?? null },
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
  }
}

function asJson(value: object | FeatureSpec): Prisma.InputJsonObject {
  return value as unknown as Prisma.InputJsonObject
}
