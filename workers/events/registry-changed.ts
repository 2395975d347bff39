import type { LivePointerMoved, ReleaseCreated, ReleaseStateChanged } from '@strata/domain/shared'
import type { Log } from '../log.ts'
import type { Reconsider } from '../validation/reconsider.ts'

// A change in the registry recomputes nothing by itself: what it makes stale stays readable until somebody asks for a
// backfill. It is put on the operator's record. Only what waits for a broken release goes on with the one that is live now.

export function releaseCreated({ log }: { log: Log }) {
  return async ({ hook, version }: ReleaseCreated): Promise<void> => log.info({ hook, version }, 'release created')
}

export function livePointerMoved({ log, reconsider }: { log: Log; reconsider: Reconsider }) {
  return async ({ hook, from, to }: LivePointerMoved): Promise<void> => {
    log.info({ hook, from, to }, 'live pointer moved')
    await reconsider({ hook })
  }
}

export function releaseStateChanged({ log }: { log: Log }) {
  return async ({ hook, version, state }: ReleaseStateChanged): Promise<void> => log.info({ hook, version, state }, 'release state changed')
}
