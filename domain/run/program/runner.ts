import type { RuntimeConfig } from '@strata/domain/registry'
import type { Digest } from '@strata/domain/shared'
import type { RunFailure } from '../attempt/failure.ts'
import type { Program } from './program.ts'

/**
 * Port: executes a release of a program once, isolated, and says what it observed. It decides nothing: no retry, no second image, no more
 * memory than it was told. `contract.ts` says what each kind of program is granted.
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

/** Without a failure, nothing is known to be missing. */
export type Preparation = Pick<RunObservation, 'failure' | 'detail' | 'runnerAway'>

/** Names, labels and adoption go by both: the attempt of a run starts once. */
export interface AttemptId {
  readonly runId: string
  readonly attempt: number
}

export interface RunJob extends AttemptId {
  readonly program: Program
  readonly runtime: RuntimeConfig
  /** Of this attempt; the release's own limit, or more after the program ran out of memory. */
  readonly memoryBytes: number
  readonly cpuMillis: number
  readonly timeoutSeconds: number
  /** Prepared by the caller and read by the program: the input files of its contract. */
  readonly inputDir: string
  /** `<record id>/<file>`, read by a hook. Empty and written by an ingester, as `<folder of the record>/<file>`. */
  readonly filesDir: string
  /** Empty and the caller's. The runner makes the directories writable that the contract says; what is in them afterwards is hostile. */
  readonly outputDir: string
  /** Where the runner keeps what the program printed, both streams as they came, up to `maxLogBytes`. Not in a directory of the program. */
  readonly logFile: string
  readonly maxLogBytes: number
  /** The most that all files in the writable directories may have together; a program that writes more is stopped: INVALID_OUTPUT. */
  readonly maxOutputBytes: number
}

export interface RunControl {
  /** Aborted: the program is stopped within five seconds, and the failure is CANCELLED. */
  readonly signal: AbortSignal
  /** Each piece of log as it is printed, for those who follow live; the same bytes that `logFile` keeps. */
  onLog?(chunk: Uint8Array): void
}

/** Facts alone. Without `failure` the program exited with 0 and its output may be read. */
export interface RunObservation {
  readonly startedAt: Date
  readonly finishedAt: Date
  readonly exitCode?: number
  readonly signal?: string
  readonly oomKilled: boolean
  readonly timedOut: boolean
  /** What was actually executed, verified; absent when it came to no execution. */
  readonly artifact?: VerifiedArtifact
  /** What held the program, as in force in this attempt: like `no network`, `memory by cgroup`. */
  readonly isolation: readonly string[]
  readonly log: { readonly bytes: number; readonly truncated: boolean }
  readonly failure?: RunFailure
  /** The machinery's own words behind the failure. They may name paths and addresses, so they go only into the worker's log. */
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
