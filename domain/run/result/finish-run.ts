import { randomUUIDv7 } from 'node:crypto'
import { memoryBytes } from '@strata/domain/registry'
import type { Outbox } from '@strata/domain/shared'
import type { BatchStore } from '../batch/batch.ts'
import type { RunFailure } from '../attempt/failure.ts'
import type { Outcome } from './outcomes.ts'
import { parseRunJson, refuseMismatch } from './parse-run-json.ts'
import { compareResults } from '../reproduction/compare-results.ts'
import type { ReproductionStore } from '../reproduction/reproduction.ts'
import type { RunJson } from './run-json.ts'
import { LeaseLost, type Lease } from '../batch/run-lease.ts'
import type { FinishInput, HeldRun, SettledRecord } from './held-run.ts'

export interface FinishPorts {
  readonly runs: RunEndings
  readonly rows: FeatureRowStore
  readonly batches: BatchStore
  readonly outbox: Outbox
  readonly reproductions: ReproductionStore
}

/** Port: ends a run, within the transaction of the use case. */
export interface RunEndings {
  /** Locks the run until the transaction ends, if the lease is still valid. */
  hold(lease: Lease): Promise<HeldRun | undefined>
  /** Writes the outcome of each record, and which outcomes win. */
  addOutcomes(run: HeldRun, outcomes: readonly SettledRecord[]): Promise<void>
  end(run: HeldRun, runJson: RunJson): Promise<void>
}

/** Port: the rows of hooks, in bulk. */
export interface FeatureRowStore {
  /** Inserts the staged rows; returns their number. */
  insert(run: HeldRun, staged: readonly string[]): Promise<number>
}

/**
 * Ends a run: writes its rows, outcomes and status in one transaction, under its lease. A late worker's lease is invalid, so it
 * changes nothing.
 */
export async function finishRun(ports: FinishPorts, input: FinishInput): Promise<RunJson> {
  const run = await ports.runs.hold(input.lease)
  if (run === undefined) throw new LeaseLost(input.lease.run)
  const runJson = parseRunJson(input.runJson)
  refuseMismatch(runJson, { ...run.expected, inputDigest: input.inputDigest })

  const { reproduces } = run
  const rows = await (reproduces === undefined ? ports.rows.insert(run, input.staged) : ports.reproductions.load(run, input.staged))
  if (rows !== runJson.counts.rows) throw new Error(`run ${run.id} has ${rows} rows and its run.json says ${runJson.counts.rows}`)
  if (reproduces === undefined) await ports.runs.addOutcomes(run, input.outcomes)
  else await compareResults(ports.reproductions, { ...run, reproduces }, input, runJson.status)
  await ports.runs.end(run, runJson)

  const { release } = run.expected
  await ports.outbox.append({ type: 'RunFinished', run: run.id, hook: run.hook, version: release.version, status: runJson.status })
  await takeUpErrors(ports, run, input.outcomes)
  if (await ports.batches.end(runJson.batch)) {
    await ports.outbox.append({ type: 'BatchFinished', batch: runJson.batch, convention: run.convention })
  }
  return runJson
}

/** How often retryable errors are retried automatically. */
const maxRounds = 2

/** Retries in a separate batch with only those records, so that a run is always one release over one batch. */
async function takeUpErrors(ports: FinishPorts, run: HeldRun, outcomes: readonly SettledRecord[]): Promise<void> {
  const recordIds = outcomes.filter(({ outcome }) => outcome.status === 'ERRORED' && outcome.retryable).map(({ id }) => id)
  if (recordIds.length === 0 || run.round >= maxRounds || run.isYanked || run.isCancelled || run.reproduces !== undefined) return
  const { release } = run.expected
  await ports.batches.insert(
    {
      id: randomUUIDv7(),
      convention: run.convention,
      priority: run.priority,
      recordIds,
      candidates: run.candidates,
      cause: { kind: 'retryable errors', follows: run.id, round: run.round + 1 },
      runs: [{ id: randomUUIDv7(), hook: run.hook, releaseId: release.id, memoryBytes: memoryBytes(run.limits) }],
    },
    run.origin,
  )
}

/** If the hook caused the failure, every record is an error with the reason; if the machinery did, there are no outcomes. */
export function outcomesOfFailure(status: RunJson['status'], failure: RunFailure, recordIds: readonly string[]): readonly SettledRecord[] {
  if (status !== 'FAILED') return []
  const outcome: Outcome = { status: 'ERRORED', reason: failure.message, retryable: false }
  return recordIds.map((id) => ({ id, outcome, rows: 0 }))
}
