import type { RecordId } from '@strata/domain/record'
import type { ReasonCount, ResultStatus, RunResult, RunResults } from '@strata/domain/run'
import { pageOf } from '@strata/domain/shared'
import { sql } from 'kysely'
import type { Database } from '../setup/connection.ts'

/** A batch has at most 1,000 records, so unpacking its ids is cheap whatever the page. */
export function runResults({ kysely }: Pick<Database, 'kysely'>): RunResults {
  return {
    async page(run, status, { first, after }) {
      const { rows } = await sql<ResultRow>`
        select given.position::int as position, record.id as record, coalesce(outcome.status::text, 'MISSING') as status, outcome.reason,
          coalesce(outcome.row_count, 0) as row_count
        ${recordsOf(run)}
        left join record on record.id = given.record
        where ${isOf(status)} and given.position > ${after ?? 0}
        order by given.position
        limit ${first + 1}`.execute(kysely)
      return pageOf(rows.map(toResult), { first })
    },

    async count(run, status) {
      const { rows } = await sql<{ count: number }>`select count(*)::int as count ${recordsOf(run)} where ${isOf(status)}`.execute(kysely)
      return rows[0]?.count ?? 0
    },

    async reasons(run, first) {
      const { rows } = await sql<Omit<ReasonCount, 'example'> & { example: RecordId | null }>`
        select outcome.status, outcome.reason, count(*)::int as count,
          (array_agg(record.id order by record.id) filter (where record.id is not null))[1] as example
        from run_outcome outcome
        left join record on record.id = outcome.record
        where outcome.run = ${run} and outcome.reason is not null
        group by outcome.status, outcome.reason
        order by count(*) desc, outcome.status, outcome.reason
        limit ${first}`.execute(kysely)
      return rows.map(({ example, ...reason }) => (example === null ? reason : { ...reason, example }))
    },
  }
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
