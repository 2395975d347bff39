import type { RuntimeConfig } from '@strata/domain/registry'
import type { Digest } from '@strata/domain/shared'
import type { RunFailure } from '../attempt/failure.ts'
import type { Program } from './program.ts'

/**
 * Port: executes a program's release once, in isolation, and reports what it observed. It makes no decisions: it does not retry,
 * substitute an image or increase the memory. `contract.ts` defines what each kind of program is granted.
 */
export interface ProgramRunner {
  /** The types of runtime it can execute. */
  readonly runs: readonly RuntimeConfig['type'][]
  /**
   * Resolves when no process of the program is left, or else reports `mayStillRun`. A fault of the program or the machinery becomes a
   * failure in the observation; only a bug is thrown.
   */
  run(job: RunJob, control: RunControl): Promise<RunObservation>
  /**
   * Why the runner cannot run programs now, as a sentence for the worker's log: its engine or cluster does not answer. Undefined when it can.
   * A runner inside the worker does not have this method.
   */
  absence?(): Promise<string | undefined>
  /**
   * Fetches what a runtime needs, for as long as that takes, so that `run` starts at once. Cheap when everything is there already. A runner
   * that needs nothing does not have this method.
   */
  prepare?(runtime: RuntimeConfig, signal: AbortSignal): Promise<Preparation>
  /**
   * Removes what a dead worker left: containers, processes, cgroups, Jobs. `isLive` says whether an attempt has an owner
   * now (its lease is held); such attempts are left alone. Returns those removed.
   */
  removeLeftovers(isLive: (attempt: AttemptId) => boolean | Promise<boolean>): Promise<readonly AttemptId[]>
}

/** Without a failure, everything needed is there. */
export type Preparation = Pick<RunObservation, 'failure' | 'detail' | 'runnerAway'>

/** Identifies an attempt, in container names, labels and adoption. An attempt starts only once. */
export interface AttemptId {
  readonly runId: string
  readonly attempt: number
}

export interface RunJob extends AttemptId {
  readonly program: Program
  readonly runtime: RuntimeConfig
  /** For this attempt: the release's own limit, or more after the program ran out of memory. */
  readonly memoryBytes: number
  readonly cpuMillis: number
  readonly timeoutSeconds: number
  /** Prepared by the caller and read by the program: the input files of its contract. */
  readonly inputDir: string
  /** `<record id>/<file>`, read by a hook. Empty and written by an ingester, as `<folder of the record>/<file>`. */
  readonly filesDir: string
  /** Empty and the caller's. The runner makes the directories writable that the contract lists; their content afterwards is hostile. */
  readonly outputDir: string
  /** The program's stdout and stderr in the order printed, up to `maxLogBytes`. Outside the program's directories. */
  readonly logFile: string
  readonly maxLogBytes: number
  /** The maximum total size of the files in the writable directories. The runner stops a program that writes more, as INVALID_OUTPUT. */
  readonly maxOutputBytes: number
}

export interface RunControl {
  /** When aborted, the program is stopped within five seconds, and the failure is CANCELLED. */
  readonly signal: AbortSignal
  /** Gets each piece of the log as it is printed, for live followers; the same bytes as in `logFile`. */
  onLog?(chunk: Uint8Array): void
}

/** Observed facts. Without `failure`, the program exited with 0 and its output may be read. */
export interface RunObservation {
  readonly startedAt: Date
  readonly finishedAt: Date
  readonly exitCode?: number
  readonly signal?: string
  readonly oomKilled: boolean
  readonly timedOut: boolean
  /** What was actually executed, verified; absent when nothing was. */
  readonly artifact?: VerifiedArtifact
  /** The isolation in force in this attempt, like `no network`, `memory by cgroup`. */
  readonly isolation: readonly string[]
  readonly log: { readonly bytes: number; readonly truncated: boolean }
  readonly failure?: RunFailure
  /** The engine's or system's own words about the failure. They may contain paths and addresses, so only the worker's log gets them. */
  readonly detail?: string
  /**
   * The engine or the cluster did not answer, or it stopped during the attempt. The program is not at fault, and a retry makes sense only
   * after the runner's `absence` is over.
   */
  readonly runnerAway?: boolean
  /** No engine confirmed that the program has ended. It may still be writing, so its output is never read. */
  readonly mayStillRun?: boolean
}

export type VerifiedArtifact =
  | { readonly type: 'module'; readonly digest: Digest }
  | { readonly type: 'oci'; readonly image: string; readonly digest: Digest }
