import { decideAfterFailure, type FailurePolicy, type HookRunner, type RunFailure } from '@strata/domain/run'
import type { RuntimeConfig } from '@strata/domain/registry'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../log.ts'

export type Prepared = 'ready' | 'under way' | RunFailure

/** What a runtime needs before it can be executed, like its image: fetched once for all runs that wait for it. */
export interface Preparations {
  of(runtime: RuntimeConfig): Promise<Prepared>
  /** The digests of runtimes that are being prepared. */
  underWay(): readonly string[]
  close(): Promise<void>
}

export interface PreparationOptions {
  readonly runner: HookRunner
  readonly policy: FailurePolicy
  readonly log: Log
  /** The runner was found away; preparing starts again when it is back. */
  readonly lost: (why: string) => void
  /** Runs were told to wait, and need not any more. */
  readonly ended: () => void
}

interface Entry {
  readonly digest: string
  readonly done: Promise<void>
  prepared: Prepared
  /** A run was told to wait. */
  isAwaited: boolean
}

/** What is there is found out within this time; a run waits no longer for it while it has a place in the queue. */
const momentMs = 1_000
/** Runs that wait for the same image are told the same, instead of asking a registry again for each. */
const rememberFailureMs = 30_000

/**
 * Preparing takes as long as a registry likes, so it has no place on the machine and no lease: a run that waits for it
 * holds up nothing. A failure is tried again as the policy says, and is then the failure of each run that waits.
 */
export function preparations({ runner, policy, log, lost, ended }: PreparationOptions): Preparations {
  const entries = new Map<string, Entry>()
  const timers = new Set<NodeJS.Timeout>()
  const closing = new AbortController()

  function begin(key: string, runtime: RuntimeConfig): Entry {
    const entry: Entry = { digest: runtime.digest, prepared: 'under way', isAwaited: false, done: prepare(runtime).then(settle) }
    entries.set(key, entry)
    return entry

    function settle(prepared: Prepared): void {
      entry.prepared = prepared
      if (typeof prepared === 'string') entries.delete(key)
      else forgetLater(key)
      if (entry.isAwaited) ended()
    }
  }

  function forgetLater(key: string): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      entries.delete(key)
    }, rememberFailureMs)
    timers.add(timer)
  }

  async function prepare(runtime: RuntimeConfig): Promise<Prepared> {
    for (let faultRetries = 0; ; faultRetries += 1) {
      const { failure, detail, runnerAway } = (await runner.prepare?.(runtime, closing.signal)) ?? {}
      if (failure === undefined) return 'ready'
      if (detail !== undefined) log.warn({ runtime: runtime.digest, failure, detail }, 'what a hook needs could not be fetched; the detail is what the machinery said')
      if (closing.signal.aborted) return 'under way'
      if (runnerAway === true) {
        lost(failure.message)
        return 'under way'
      }
      const action = decideAfterFailure({ ...noAttempt, failure, faultRetries }, policy, Math.random)
      if (action.action !== 'retry') return action.action === 'fail' ? action.failure : failure
      await sleep(action.delayMs, undefined, { signal: closing.signal }).catch(() => undefined)
    }
  }

  return {
    async of(runtime) {
      if (runner.prepare === undefined) return 'ready'
      const key = runtime.type === 'oci' ? `${runtime.image}@${runtime.digest}` : runtime.digest
      const known = entries.get(key)
      const entry = known ?? begin(key, runtime)
      if (known === undefined) await forAMoment(entry.done)
      entry.isAwaited ||= entry.prepared === 'under way'
      return entry.prepared
    },
    underWay: () => [...entries.values()].filter(({ prepared }) => prepared === 'under way').map(({ digest }) => digest),
    async close() {
      closing.abort(new Error('the worker is stopping'))
      for (const timer of timers) clearTimeout(timer)
      await Promise.all([...entries.values()].map(({ done }) => done))
    },
  }
}

async function forAMoment(done: Promise<void>): Promise<void> {
  const moment = new AbortController()
  await Promise.race([done, sleep(momentMs, undefined, { signal: moment.signal }).catch(() => undefined)])
  moment.abort()
}

/** No record was given to anything, so none can be blamed. */
const noAttempt = { unfinished: 0, finished: 0, memoryBytes: 0, oomRetries: 0, crashesInRow: 0, runnerAway: false, awayRetries: 0 }
