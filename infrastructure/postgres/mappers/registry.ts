import type { FeatureSpec, Hook, HookRelease, PointerEvent, ReleaseId, RuntimeConfig } from '@strata/domain/registry'
import type { HookName } from '@strata/domain/shared'
import type { Prisma } from '@strata/prisma/client'

/** Rows were checked before they were written, so reading them trusts them. */
export function toHook(row: Omit<Prisma.HookModel, 'feature'> & { readonly feature: unknown }): Hook {
  return {
    name: row.name as HookName,
    feature: row.feature as FeatureSpec,
    ...(row.liveReleaseId === null ? {} : { live: row.liveReleaseId as ReleaseId }),
    createdAt: row.createdAt,
  }
}

export function toRelease(row: Omit<Prisma.HookReleaseModel, 'runtime'> & { readonly runtime: unknown }): HookRelease {
  return {
    id: row.id as ReleaseId,
    hook: row.hook as HookName,
    version: row.version,
    runtime: row.runtime as RuntimeConfig,
    sourceRef: row.sourceRef,
    builtBy: row.builtBy,
    builtAt: row.builtAt,
    state: row.state,
    ...(row.stateReason === null ? {} : { stateReason: row.stateReason }),
  }
}

export function toPointerEvent(row: Prisma.PointerEventModel): PointerEvent {
  return {
    id: row.id,
    hook: row.hook as HookName,
    position: row.position,
    ...(row.fromReleaseId === null ? {} : { from: row.fromReleaseId as ReleaseId }),
    to: row.toReleaseId as ReleaseId,
    actor: row.actor,
    ...(row.reason === null ? {} : { reason: row.reason }),
    at: row.at,
  }
}
