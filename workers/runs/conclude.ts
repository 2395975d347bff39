import {
  buildRunJson,
  failureOfErrors,
  finishedStatus,
  outcomesOfFailure,
  printRunJson,
  startInputDigest,
  type AttemptJson,
  type RunAttempt,
  type RunCounts,
  type RunFailure,
  type RunJson,
  type SettledRecord,
  type TakenRun,
} from '@strata/domain/run'
import type { Digest } from '@strata/domain/shared'
import type { CarriedOut } from './carry-out.ts'
import type { RunPorts } from './ports.ts'

/** Writes run.json beside the output, and from it ends the run: rows, outcomes and status at once, or nothing. */
export async function conclude(ports: RunPorts, run: TakenRun, done: CarriedOut): Promise<RunJson> {
  const { failure } = done
  // Rows of a failed run are not results: a retry computes all of them again.
  const status = finishedStatus(countOf([], []), failure)
  const outcomes = failure === undefined ? inOrder(run.recordIds, done.settled) : outcomesOfFailure(status, failure, run.recordIds)
  // Each record keeps its own error, and the files that these were read from stay outputs of the run.
  const stated = failure ?? failureOfErrors(outcomes)
  const inputDigest = done.inputDigest ?? (await digestInput(ports, run))
  const runJson = await describe(ports, run, done, outcomes, inputDigest, stated)

  const text = await ports.workspace.writeRunJson({ run: run.id, lease: run.leases }, printRunJson(runJson))
  await ports.reached('written', run.id)
  const staged = failure === undefined ? done.staged : []
  const finished = await ports.finish({ lease: run.lease, runJson: text, inputDigest, outcomes, staged })
  await ports.reached('finished', run.id)
  return finished
}

async function describe(
  { leases }: RunPorts,
  run: TakenRun,
  done: CarriedOut,
  outcomes: readonly SettledRecord[],
  inputDigest: Digest,
  failure: RunFailure | undefined,
): Promise<RunJson> {
  const { release } = run
  const { type, digest, config } = release.runtime
  const attempts = (await leases.attempts(run.id)).map(attemptJson)
  const counts = countOf(run.recordIds, outcomes)
  const startedAt = run.startedAt?.toISOString()
  // The database's clock is not this machine's, and either may be set back.
  const finishedAt = [new Date().toISOString(), startedAt ?? '', ...attempts.map((attempt) => attempt.finishedAt)].toSorted().at(-1) ?? ''
  return buildRunJson({
    run: run.id,
    batch: run.batch,
    hook: run.hook,
    release: { id: release.id, version: release.version, sourceRef: release.sourceRef },
    runtime: { type, ...(release.runtime.type === 'oci' ? { image: release.runtime.image } : {}), digest: done.executed ?? digest, config },
    recordIds: run.recordIds,
    attempts,
    inputDigest,
    outputs: done.failure === undefined ? done.files : [],
    counts,
    status: finishedStatus(counts, failure),
    ...(failure === undefined ? {} : { failure }),
    startedAt: startedAt ?? finishedAt,
    finishedAt,
  })
}

function attemptJson(attempt: RunAttempt): AttemptJson {
  const { number, because, records, memoryBytes, cpuMillis, timeoutSeconds, isolation, startedAt, finishedAt, exitCode, signal, failure } =
    attempt
  if (finishedAt === undefined) throw new Error(`attempt ${number} has not ended and the run has`)
  return {
    number,
    because,
    records,
    limits: { memoryBytes, cpuMillis, timeoutSeconds },
    isolation,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(signal === undefined ? {} : { signal }),
    ...(failure === undefined ? {} : { failure }),
  }
}

/** One outcome for each record, in the batch's order. */
function inOrder(ids: readonly string[], settled: readonly SettledRecord[]): readonly SettledRecord[] {
  const byId = new Map(settled.map((record) => [record.id, record]))
  return ids.map((id) => {
    const record = byId.get(id)
    if (record === undefined) throw new Error(`the record ${id} has no result and the run has ended`)
    return record
  })
}

function countOf(ids: readonly string[], settled: readonly SettledRecord[]): RunCounts {
  const count = (status: string) => settled.filter(({ outcome }) => outcome.status === status).length
  return {
    records: ids.length,
    passed: count('PASSED'),
    empty: count('EMPTY'),
    rejected: count('REJECTED'),
    errored: count('ERRORED'),
    rows: settled.reduce((sum, { rows }) => sum + rows, 0),
  }
}

/** For a run that came to no attempt. */
async function digestInput({ inputs }: RunPorts, run: TakenRun): Promise<Digest> {
  const digest = startInputDigest(run.release.runtime.config)
  for await (const record of inputs(run)) digest.add(record)
  return digest.end()
}
