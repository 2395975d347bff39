import type { RuntimeConfig } from '@strata/domain/registry'
import type {
  BatchPriority,
  EndedWithLeast,
  FailurePolicy,
  FinishInput,
  ProgramRunner,
  InputRecord,
  Lease,
  OutputFile,
  RunJson,
  RunLeases,
  RunWorkspace,
} from '@strata/domain/run'
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
  readonly runnerFor: (type: RuntimeConfig['type']) => ProgramRunner | undefined
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
