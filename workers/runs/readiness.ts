import type { FailurePolicy, ProgramRunner, RunFailure, UnreadyRuntimes } from '@strata/domain/run'
import type { RuntimeConfig } from '@strata/domain/registry'
import type { Log } from '../log.ts'
import { preparations } from './preparations.ts'
import { runnerCircuit } from './runner-circuit.ts'

/** What a run of this runtime needs before a worker takes it: a runner that answers, and an image that is there. */
export interface Readiness {
  /** `not yet`: put the run aside. A failure: fail the run without an attempt. */
  of(runtime: RuntimeConfig): Promise<'ready' | 'not yet' | RunFailure>
  /** Called when an attempt found its runner away. Resolves when the runner is back or the signal is aborted. */
  untilBack(type: RuntimeConfig['type'], why: string, signal: AbortSignal): Promise<void>
  /** Runs of these runtimes would be put aside, so no jobs are made of them. */
  unready(): UnreadyRuntimes
  isAway(runner: ProgramRunner): boolean
  /** Calls the listener when something that runs wait for may be there, and says whether that is a runner. */
  changed(listener: (o: { readonly runnerBack: boolean }) => void): void
  close(): Promise<void>
}

export interface ReadinessOptions {
  readonly runners: readonly ProgramRunner[]
  readonly policy: FailurePolicy
  readonly log: Log
  /** How often to check a runner that is away. */
  readonly pace: { readonly firstMs: number; readonly atMostMs: number }
}

export function readiness({ runners, policy, log, pace }: ReadinessOptions): Readiness {
  const listeners: ((o: { readonly runnerBack: boolean }) => void)[] = []
  const tell = (runnerBack: boolean) => () => {
    for (const listener of listeners) listener({ runnerBack })
  }
  const watched = runners.map((runner) => {
    const circuit = runnerCircuit({ runner, log, pace, back: tell(true) })
    return { runner, circuit, prepared: preparations({ runner, policy, log, lost: circuit.lost, ended: tell(false) }) }
  })
  const of = (type: RuntimeConfig['type']) => watched.find(({ runner }) => runner.runs.includes(type))
  return {
    async of(runtime) {
      const found = of(runtime.type)
      // If no runner exists, the attempt reports that.
      if (found === undefined) return 'ready'
      if (!(await found.circuit.isThere())) return 'not yet'
      const prepared = await found.prepared.of(runtime)
      return prepared === 'under way' ? 'not yet' : prepared
    },
    async untilBack(type, why, signal) {
      const circuit = of(type)?.circuit
      circuit?.lost(why)
      await circuit?.untilBack(signal)
    },
    unready: () => ({
      types: watched.flatMap(({ runner, circuit }) => (circuit.isAway() ? runner.runs : [])),
      digests: watched.flatMap(({ prepared }) => prepared.underWay()),
    }),
    isAway: (runner) => watched.some((each) => each.runner === runner && each.circuit.isAway()),
    changed: (listener) => void listeners.push(listener),
    async close() {
      await Promise.all(watched.flatMap(({ circuit, prepared }) => [circuit.close(), prepared.close()]))
    },
  }
}
