import type { RecordId } from '@strata/domain/record'
import type { ReasonCount, ReasonsWanted, ResultFilter, ResultStatus, RunResult, RunResults } from '@strata/domain/run'
import { sql } from 'kysely'
import type { Database } from '../session/connection.ts'
import { countsTogether, pagesTogether, readTogether } from './read-together.ts'

/** A batch has at most 1,000 records, so unnesting its ids is cheap for any page. */
export function runResults({ kysely }: Pick<Database, 'kysely'>): RunResults {
  return {
    pages: (listings) => pagesTogether({ kysely }, listings, resultsOf, toResult),
    counts: (filters) =>
      countsTogether(
        { kysely },
        filters.map((filter) => sql`${recordsOf(filter.run)} where ${isOf(filter.status)}`),
      ),

    async reasons(wanted) {
      const found = await readTogether({ kysely }, wanted.map(reasonsOf))
      return found.map((rows) => rows.map(({ example, ...reason }) => (example === null ? reason : { ...reason, example })))
    },
  }
}

function resultsOf({ run, status }: ResultFilter, after: number | undefined, limit: number) {
  return sql<ResultRow>`
    select given.position::int as position, record.id as record, coalesce(outcome.status::text, 'MISSING') as status, outcome.reason,
      coalesce(outcome.row_count, 0) as row_count
    ${recordsOf(run)}
    left join record on record.id = given.record
    where ${isOf(status)} and given.position > ${after ?? 0}
    order by given.position
    limit ${limit}`
}

function reasonsOf({ run, first }: ReasonsWanted) {
  return sql<Omit<ReasonCount, 'example'> & { readonly example: RecordId | null }>`
    select outcome.status, outcome.reason, count(*)::int as count,
      (array_agg(record.id order by record.id) filter (where record.id is not null))[1] as example
    from run_outcome outcome
    left join record on record.id = outcome.record
    where outcome.run = ${run} and outcome.reason is not null
    group by outcome.status, outcome.reason
    order by count(*) desc, outcome.status, outcome.reason
    limit ${first}`
}

interface ResultRow {
  readonly position: number
  readonly record: RecordId | null
  readonly status: ResultStatus
  readonly reason: string | null
  readonly row_count: number
}

function recordsOf(run: string) {
  return sql`
    from hook_run
    join batch on batch.id = hook_run.batch_id and hook_run.id = ${run}
    cross join lateral unnest(batch.record_ids) with ordinality as given (record, position)
    left join run_outcome outcome on outcome.run = hook_run.id and outcome.record = given.record`
}

function isOf(status: ResultStatus | undefined) {
  if (status === undefined) return sql`true`
  return status === 'MISSING' ? sql`outcome.run is null` : sql`outcome.status = ${status}::outcome_status`
}

function toResult({ position, record, status, reason, row_count: rowCount }: ResultRow): RunResult {
  return { position, status, rowCount, ...(record === null ? {} : { record }), ...(reason === null ? {} : { reason }) }
}
