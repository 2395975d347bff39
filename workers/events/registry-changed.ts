import type { LivePointerMoved, ReleaseCreated, ReleaseStateChanged } from '@strata/domain/shared'
import type { Log } from '../log.ts'
import type { Reconsider } from '../validation/reconsider.ts'

// A change in the registry recomputes nothing by itself: stale rows stay readable until a backfill is requested. The change is
// logged for the operator. Only candidates that wait for a broken release continue with the one that is live now.

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
