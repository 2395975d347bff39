import { failureKinds, runFailure, type AttemptReason, type HookRun, type RunAttempt, type RunFailure } from '@strata/domain/run'
import type { Digest, HookName, Json } from '@strata/domain/shared'
import type { DB } from '@strata/prisma/tables'
import type { Selectable } from 'kysely'

/** Rows were checked before they were written, so reading them trusts them. */
export function toRun(row: Selectable<DB['hook_run']>): HookRun {
  const failure = toFailure(row)
  return {
    id: row.id,
    batch: row.batch_id,
    hook: row.hook as HookName,
    releaseId: row.release_id,
    status: row.status,
    oomRetries: row.oom_retries,
    counts: {
      records: row.record_count,
      passed: row.passed_count,
      empty: row.empty_count,
      rejected: row.rejected_count,
      errored: row.errored_count,
      rows: Number(row.row_count),
    },
    ...(row.input_digest === null ? {} : { inputDigest: row.input_digest as Digest }),
    ...(row.output_digest === null ? {} : { outputDigest: row.output_digest as Digest }),
    ...(row.run_json === null ? {} : { runJson: row.run_json as Json }),
    ...(failure === undefined ? {} : { failure }),
    ...(row.reproduces === null ? {} : { reproduces: row.reproduces }),
    actor: row.actor,
    ...(row.started_at === null ? {} : { startedAt: row.started_at }),
    ...(row.finished_at === null ? {} : { finishedAt: row.finished_at }),
  }
}

export function toAttempt(row: Selectable<DB['run_attempt']>): RunAttempt {
  const failure = toFailure(row)
  return {
    number: row.number,
    because: row.because as AttemptReason,
    records: row.records,
    memoryBytes: Number(row.memory_bytes),
    cpuMillis: row.cpu_millis,
    timeoutSeconds: row.timeout_seconds,
    isolation: row.isolation ?? [],
    startedAt: row.started_at,
    ...(row.finished_at === null ? {} : { finishedAt: row.finished_at }),
    ...(row.exit_code === null ? {} : { exitCode: row.exit_code }),
    ...(row.signal === null ? {} : { signal: row.signal }),
    ...(failure === undefined ? {} : { failure }),
  }
}

function toFailure(row: { failure_kind: string | null; failure_message: string | null }): RunFailure | undefined {
  if (row.failure_kind === null) return undefined
  const kind = failureKinds.find((known) => known === row.failure_kind)
  // A row written by an earlier version may have an unbounded message.
  return runFailure(kind ?? 'UNKNOWN', row.failure_message ?? '')
}
