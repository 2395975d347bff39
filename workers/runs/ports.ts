import type { FeatureSpec, RuntimeConfig } from '@strata/domain/registry'
import type {
  BatchPriority,
  EndedWithLeast,
  FailurePolicy,
  FinishInput,
  HookRunner,
  InputRecord,
  Lease,
  OutputFile,
  RunJson,
  RunLeases,
  SettledRecord,
} from '@strata/domain/run'
import type { Digest, JsonObject } from '@strata/domain/shared'
import type { Log } from '../log.ts'
import type { Admission } from './admission.ts'
import type { Readiness } from './readiness.ts'
import type { RunJobData } from './run-jobs.ts'
import type { AppendLog } from './write-log.ts'

export interface RunPorts {
  readonly leases: RunLeases
  readonly inputs: (batch: { readonly recordIds: readonly string[]; readonly candidates: boolean }) => AsyncIterable<InputRecord>
  readonly workspace: RunWorkspace
  readonly appendLog: AppendLog
  /** Keeps the files of a run that has ended, and clears up after it. */
  readonly putAway: (run: { readonly run: string; readonly lease: number; readonly outputs: readonly OutputFile[] }) => Promise<void>
  readonly runnerFor: (type: RuntimeConfig['type']) => HookRunner | undefined
  /** Wakes some worker for a run again, a little later: this one has no room for it now. */
  readonly postpone: (job: RunJobData, priority: BatchPriority) => Promise<void>
  /** Ends a run in one transaction. */
  readonly finish: (input: FinishInput) => Promise<RunJson>
  /** Ends a run that cannot be concluded, and writes only its status and why. */
  readonly endWithLeast: (lease: Lease) => Promise<EndedWithLeast>
  /** Whether the same work may succeed later without any change. */
  readonly isPassing: (error: unknown) => boolean
  /** Puts a run aside that cannot start yet. It becomes a job again when it can. */
  readonly shelve: (job: RunJobData) => Promise<void>
  readonly readiness: Readiness
  /** Makes every log line of `work` carry the id of the request that a run came of. */
  readonly runWithRequest: <T>(requestId: string | undefined, work: () => T) => T
  readonly admission: Admission
  readonly policy: FailurePolicy
  readonly pace: RunPace
  /** How many bytes all attempts of a run may have on disk together. */
  readonly maxRunBytes: number
  /** How long hooks may be executed for one run. */
  readonly maxRunSeconds: number
  readonly log: Log
  /** How this worker is called in the runs' rows. */
  readonly worker: string
  /** Told of each stage that a run comes to; tests stop a worker there. */
  readonly reached: (stage: Stage, run: string) => Promise<void>
}

const stages = ['taken', 'prepared', 'executed', 'read', 'written', 'inserted', 'finished'] as const
export type Stage = (typeof stages)[number]

export interface RunPace {
  readonly leaseSeconds: number
  readonly heartbeatMs: number
  /** How long a run is held back for room here, while another worker might have some. */
  readonly admissionMs: number
  readonly maxLogBytes: number
  readonly maxOutputBytes: number
  /** A run that so many workers were lost with is not given to another. */
  readonly maxLeases: number
}

/** Port: the directories of runs. Every lease has its own, so a worker that comes late cannot write into files of another lease. */
interface RunWorkspace {
  /** Makes the places of one attempt, all of them empty. */
  open(at: { run: string; lease: number; attempt: number }): Promise<AttemptPlace>
  /** Writes what the hook reads; the digest is over all of it. */
  prepare(place: AttemptPlace, records: AsyncIterable<InputRecord>, config: JsonObject): Promise<Digest>
  /** Reads what the hook wrote, checks it and stages its rows. */
  read(place: AttemptPlace, o: ReadRequest): Promise<ReadAttempt>
  /** Removes everything of an attempt except these output files, and returns how many bytes are left. */
  clear(place: AttemptPlace, kept: readonly string[]): Promise<number>
  /** Writes run.json beside the output, and reads it from there. */
  writeRunJson(at: { run: string; lease: number }, text: string): Promise<string>
}

export interface AttemptPlace {
  readonly inputDir: string
  readonly filesDir: string
  readonly outputDir: string
  readonly logFile: string
  readonly stagedFile: string
}

interface ReadRequest {
  readonly run: string
  /** Of the run's release; each row says it. */
  readonly version: number
  readonly attempt: number
  readonly feature: FeatureSpec
  readonly ids: ReadonlySet<string>
  /** Whether the hook exited with 0; otherwise only whole results count. */
  readonly complete: boolean
}

export type ReadAttempt =
  | { readonly ok: true; readonly settled: readonly SettledRecord[]; readonly files: readonly OutputFile[]; readonly staged: string }
  | { readonly ok: false; readonly reason: string }
