import type { Lease, RunLeases } from '@strata/domain/run'
import type { Log } from '../log.ts'

/** Why work on a run stops before its end. */
type StopReason = 'cancelled' | 'lost' | 'stopped'

export interface HeldLease {
  readonly lease: Lease
  readonly signal: AbortSignal
  stopReason(): StopReason | undefined
  stop(reason: StopReason): void
  /** Checks immediately whether the run was cancelled. */
  look(): void
  /** The heart stops beating; resolves when nothing is under way. */
  release(): Promise<void>
}

/**
 * Keeps a lease alive, and learns from each heartbeat whether it still is ours and whether it was cancelled. A worker
 * that cannot reach the database stops its work when the lease must have run out.
 */
export function holdLease(o: { leases: RunLeases; lease: Lease; seconds: number; everyMs: number; log: Log }): HeldLease {
  const abort = new AbortController()
  let reason: StopReason | undefined
  let released = false
  let lastSeen = performance.now()
  let beating: Promise<void> | undefined
  let again = false
  let isTold = false

  function stop(why: StopReason): void {
    reason ??= why
    abort.abort(new Error(`the run was ${why}`))
  }

  async function beat(): Promise<void> {
    const asked = performance.now()
    try {
      const state = await o.leases.extend(o.lease, o.seconds)
      lastSeen = asked
      isTold = false
      if (state !== 'held' && !released) stop(state)
    } catch (err) {
      if (!isTold) o.log.warn({ err, run: o.lease.run }, 'the lease on a run could not be extended; this is tried again')
      isTold = true
      if (performance.now() - lastSeen > o.seconds * 1_000) stop('lost')
    }
  }

  function look(): void {
    if (released) return
    if (beating !== undefined) {
      again = true
      return
    }
    beating = beat().finally(() => {
      beating = undefined
      if (again) {
        again = false
        look()
      }
    })
  }

  const timer = setInterval(look, o.everyMs)
  return {
    lease: o.lease,
    signal: abort.signal,
    stopReason: () => reason,
    stop,
    look,
    async release() {
      released = true
      clearInterval(timer)
      await beating
    },
  }
}
