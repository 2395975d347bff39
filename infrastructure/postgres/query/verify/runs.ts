import type { RuntimeConfig } from '@strata/domain/registry'
import type { RunCounts } from '@strata/domain/run'
import type { JsonObject } from '@strata/domain/shared'
import type { VerifiedRunFacts, VerifiedRuns } from '@strata/domain/verification'
import type { DB } from '@strata/prisma/tables'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { snapshot } from '../../session/snapshot.ts'
import { measure, selected, type Universe } from './selection.ts'

const universe: Universe = { id: sql`hook_run.id`, from: sql`hook_run`, where: sql`finished_at is not null` }

export function verifiedRuns(database: Pick<Database, 'kysely' | 'prisma'>): VerifiedRuns {
  return {
    measure: (seed, sample) => measure(database, universe, seed, sample),

    page: (after, limit, selection) =>
      snapshot(database, async (kysely) => {
        const { rows } = await sql<RunRow>`
          select hook_run.id, hook_run.hook, hook_run.batch_id, hook_run.status, record_count, passed_count, empty_count, rejected_count, errored_count, row_count::float8 as row_count,
            input_digest, output_digest, oom_retries, failure_kind, run_json, reproduces is not null as is_reproduction, record_ids,
            array(
              select id from unnest(record_ids) given (id)
              where not exists (select from record where record.id = given.id) and not exists (select from candidate where candidate.id = given.id)
            ) as missing_records, to_jsonb(hook_release) as release, to_regclass(format('features.%I', hook_run.hook)) is not null as has_table
          from hook_run join batch on batch.id = batch_id join hook_release on hook_release.id = release_id
          where ${after === undefined ? sql`true` : sql`hook_run.id > ${after}`} and hook_run.finished_at is not null and ${selected(universe.id, selection)}
          order by hook_run.id limit ${limit}`.execute(kysely)
        const ids = rows.map(({ id }) => id)
        const outcomes = new Map((await outcomesOf(kysely, ids)).map((row) => [row.run, row]))
        const odd = (
          await Promise.all(
            [...Map.groupBy(rows, ({ hook }) => hook)].map(([hook, runs]) =>
              runs[0]?.has_table === true
                ? oddRows(
                    kysely,
                    hook,
                    runs.map(({ id }) => id),
                  )
                : [],
            ),
          )
        ).flat()
        return rows.map((row) =>
          facts(
            row,
            outcomes.get(row.id),
            odd.filter(({ run }) => run === row.id),
          ),
        )
      }),
  }
}

interface RunRow {
  readonly id: string
  readonly hook: string
  readonly batch_id: string
  readonly status: string
  readonly record_count: number
  readonly passed_count: number
  readonly empty_count: number
  readonly rejected_count: number
  readonly errored_count: number
  readonly row_count: number
  readonly input_digest: string | null
  readonly output_digest: string | null
  readonly oom_retries: number
  readonly failure_kind: string | null
  readonly run_json: JsonObject | null
  readonly is_reproduction: boolean
  readonly record_ids: readonly string[]
  readonly release: { readonly id: string; readonly version: number; readonly source_ref: string; readonly runtime: RuntimeConfig }
  readonly has_table: boolean
  readonly missing_records: readonly string[]
}

interface OutcomeRow extends RunCounts {
  readonly run: string
  readonly strangers: number
  readonly withoutWinner: number
  readonly wronglyLost: number
}

async function outcomesOf(kysely: Kysely<DB>, runs: readonly string[]): Promise<readonly OutcomeRow[]> {
  const { rows } = await sql<OutcomeRow>`
    select run, count(*)::int as records, sum(outcome.row_count)::float8 as rows,
      count(*) filter (where outcome.status = 'PASSED')::int as passed,
      count(*) filter (where outcome.status = 'EMPTY')::int as empty,
      count(*) filter (where outcome.status = 'REJECTED')::int as rejected,
      count(*) filter (where outcome.status = 'ERRORED')::int as errored,
      count(*) filter (where outcome.record <> all(record_ids))::int as strangers,
      count(*) filter (where not exists (
        select from run_outcome winner
        where winner.release_id = outcome.release_id and winner.record = outcome.record and winner.won_at is not null and winner.lost_at is null
      ))::int as "withoutWinner",
      count(*) filter (where outcome.lost_at is not null and outcome.status <> 'ERRORED')::int as "wronglyLost"
    from run_outcome outcome join hook_run on hook_run.id = run join batch on batch.id = batch_id
    where run = any(${runs}::uuid[])
    group by run`.execute(kysely)
  return rows
}

interface OddRow {
  readonly run: string
  readonly record: string
  readonly expected: number
  readonly found: number
  readonly records: number
}

/** Records whose rows do not match their outcome: another number, not numbered from 0, or of another version. */
async function oddRows(kysely: Kysely<DB>, hook: string, runs: readonly string[]): Promise<readonly OddRow[]> {
  const { rows } = await sql<OddRow>`
    select * from (
      select coalesce(expected.run, made._run) as run, coalesce(expected.record, made._record) as record,
        coalesce(row_count, 0)::float8 as expected, coalesce(n, 0)::float8 as found,
        count(*) over (partition by coalesce(expected.run, made._run))::int as records,
        row_number() over (partition by coalesce(expected.run, made._run) order by coalesce(expected.record, made._record)) as nth
      from (
        select run, record, run_outcome.row_count, version
        from run_outcome join hook_release on hook_release.id = release_id
        where run = any(${runs}::uuid[]) and won_at is not null and run_outcome.row_count > 0 and not is_erased('RECORD', record::text)
      ) expected
      full join (
        select _run, _record, count(*) as n, min(_ordinal) as first, max(_ordinal) as last, min(_version) as least, max(_version) as most
        from ${sql.id('features', hook)} where _run = any(${runs}::uuid[]) group by 1, 2
      ) made on made._run = expected.run and made._record = expected.record
      where n is distinct from row_count or first <> 0 or last <> n - 1 or least <> version or most <> version
    ) odd where nth = 1`.execute(kysely)
  return rows
}

function facts(row: RunRow, outcomes: OutcomeRow | undefined, odd: readonly OddRow[]): VerifiedRunFacts {
  const { release } = row
  const { type, digest, config } = release.runtime
  return {
    id: row.id,
    status: row.status,
    counts: {
      records: row.record_count,
      passed: row.passed_count,
      empty: row.empty_count,
      rejected: row.rejected_count,
      errored: row.errored_count,
      rows: row.row_count,
    },
    inputDigest: row.input_digest ?? undefined,
    outputDigest: row.output_digest ?? undefined,
    oomRetries: row.oom_retries,
    failure: row.failure_kind ?? undefined,
    expected: {
      run: row.id,
      batch: row.batch_id,
      hook: row.hook,
      release: { id: release.id, version: release.version, sourceRef: release.source_ref },
      runtime: release.runtime.type === 'oci' ? { type, image: release.runtime.image, digest, config } : { type, digest, config },
      recordIds: row.record_ids,
    },
    runJson: row.run_json ?? undefined,
    isReproduction: row.is_reproduction,
    outcomes: {
      counts: pick(outcomes),
      strangers: outcomes?.strangers ?? 0,
      withoutWinner: outcomes?.withoutWinner ?? 0,
      wronglyLost: outcomes?.wronglyLost ?? 0,
    },
    oddRows: odd.map(({ record, expected, found }) => ({ record, expected, found })),
    oddRecords: odd[0]?.records ?? 0,
    missingRecords: row.missing_records,
  }
}

function pick(
  { records, passed, empty, rejected, errored, rows }: RunCounts = { records: 0, passed: 0, empty: 0, rejected: 0, errored: 0, rows: 0 },
): RunCounts {
  return { records, passed, empty, rejected, errored, rows }
}
