import { decideAfterFailure, type FailurePolicy, type ProgramRunner, type RunFailure } from '@strata/domain/run'
import type { RuntimeConfig } from '@strata/domain/registry'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../log.ts'

type Prepared = 'ready' | 'under way' | RunFailure

/** What a runtime needs before it can be executed, like its image. It is fetched once for all runs that wait for it. */
export interface Preparations {
  of(runtime: RuntimeConfig): Promise<Prepared>
  /** The digests of runtimes whose preparation is under way. */
  underWay(): readonly string[]
  close(): Promise<void>
}

export interface PreparationOptions {
  readonly runner: ProgramRunner
  readonly policy: FailurePolicy
  readonly log: Log
  /** Called when the runner turns out to be away. Preparation starts again when the runner is back. */
  readonly lost: (why: string) => void
  /** Called when a preparation ends that runs were told to wait for. */
  readonly ended: () => void
}

interface Entry {
  readonly digest: string
  readonly done: Promise<void>
  prepared: Prepared
  /** Whether a run was told to wait for it. */
  isAwaited: boolean
}

/** Long enough to find what is there already. A run waits no longer than this while it holds a place in the queue. */
const momentMs = 1_000
/** Runs that wait for the same image get the same failure, instead of asking the registry once each. */
const rememberFailureMs = 30_000

/**
 * Preparation takes as long as a registry takes, so it holds no place on the machine and no lease, and a waiting run blocks no other. A
 * failure is retried according to the policy, and then becomes the failure of each waiting run.
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
      if (detail !== undefined)
        log.warn(
          { runtime: runtime.digest, failure, detail },
          'what a hook needs could not be fetched; the detail is what the machinery said',
        )
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

/** The hook received no record, so no record can be at fault. */
const noAttempt = {
  unfinished: 0,
  finished: 0,
  memoryBytes: 0,
  oomRetries: 0,
  crashesInRow: 0,
  runnerAway: false,
  awayRetries: 0,
  timeoutSeconds: 0,
  records: 0,
  hasFinished: false,
  fruitlessSeconds: 0,
}
