import { sql, type RawBuilder } from 'kysely'
import { isPublicBatch } from '../../run-standing.ts'
import { byThen, type Moment } from '../moment.ts'
import type { FactsQuery } from './facts-query.ts'

type Kind = 'RUN' | 'FEATURE_SET' | 'FEATURE_ROW'

export const runFacts: { readonly [Each in Kind]: FactsQuery } = {
  RUN: (keys, at) => sql`
    select run.id as key, run.id as name, run.hook || ' ' || release.version || ', ' || lower(${statusOf(at)}) as label, 1 as count,
      jsonb_build_object(
        'id', run.id, 'hook', run.hook, 'version', release.version, 'convention', run.convention, 'status', ${statusOf(at)},
        'createdAt', run.created_at, 'startedAt', case when ${byThen(at, 'run.started_at')} then run.started_at end
      ) || case when run.finished_at is not null and ${byThen(at, 'run.finished_at')} then ${whenEnded} || ${digests} else '{}' end as attributes
    from hook_run run join hook_release release on release.id = run.release_id join batch on batch.id = run.batch_id
    where run.id = any(${keys}) and ${byThen(at, 'run.created_at')}`,

  FEATURE_SET: (keys, at) => sql`
    select id as key, id as name, hook || ': ' || row_count || case row_count when 1 then ' row' else ' rows' end as label, row_count as count,
      jsonb_build_object('hook', hook, 'run', id, 'rows', row_count, 'committedAt', committed_at) as attributes
    from hook_run
    where id = any(${keys}) and row_count > 0 and reproduces is null and committed_at is not null and ${byThen(at, 'committed_at')}`,

  // Only the requested row.
  FEATURE_ROW: (keys, { row, ...at }) =>
    row === undefined
      ? sql`select '' as key, '' as name, '' as label, 1 as count, '{}'::jsonb as attributes where false`
      : sql`
        select given.key, given.key as name, ${row.hook} || ' row ' || ${row.ordinal}::int as label, 1 as count,
          jsonb_build_object('hook', run.hook, 'run', run.id, 'record', ${row.record}::text, 'ordinal', ${row.ordinal}::int) as attributes
        from unnest(${keys}) as given (key)
        join hook_run run on run.id = ${row.run}::uuid and run.hook = ${row.hook} and ${byThen(at, 'run.committed_at')}
        join run_outcome outcome on outcome.run = run.id and outcome.record = ${row.record}::uuid and outcome.row_count > ${row.ordinal}::int and ${byThen(at, 'outcome.won_at')}`,
}

const whenEnded = sql`jsonb_build_object(
  'finishedAt', run.finished_at, 'records', run.record_count, 'passed', run.passed_count, 'empty', run.empty_count,
  'rejected', run.rejected_count, 'errored', run.errored_count, 'rows', run.row_count, 'oomRetries', run.oom_retries,
  'failure', run.failure_kind)`

/** A digest reveals an input that is easy to guess, so the digests of a draft's run are left out. */
const digests = sql`case when ${isPublicBatch}
  then jsonb_build_object('inputDigest', run.input_digest, 'outputDigest', run.output_digest) else '{}' end`

/** The status at that time; the final one after the run's end. */
function statusOf(at: Moment): RawBuilder<unknown> {
  if (at.asOf === undefined) return sql`run.status::text`
  return sql`case when run.finished_at <= ${at.asOf} then run.status::text when run.started_at <= ${at.asOf} then 'RUNNING' else 'QUEUED' end`
}
