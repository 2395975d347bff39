import type { VerifiedCounts } from '@strata/domain/verification'
import { sql } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { isCounting } from '../reading/counting-versions.ts'

type Wrong = Awaited<ReturnType<VerifiedCounts['wrongRecordCounts']>>[number]

/** Each check is one statement, so that the stored and the real counts are from one snapshot. */
export function verifiedCounts({ kysely }: Pick<Database, 'kysely'>): VerifiedCounts {
  return {
    async hooks() {
      const { rows } = await sql<{ name: string }>`select name from hook order by name collate "C"`.execute(kysely)
      return rows.map(({ name }) => name)
    },

    async wrongRecordCounts() {
      const { rows } = await sql<Wrong>`
        select 'records of ' || convention || ' under ' || schema_id || ' ' || schema_major as of, coalesce(kept.records, 0)::bigint as kept, coalesce(found.records, 0) as found
        from (select convention, schema_id, schema_major, sum(records)::bigint as records from record_count group by 1, 2, 3) kept
        full join (
          select convention, schema_id, split_part(schema_version, '.', 1)::integer as schema_major, count(*) as records from record where ${isCounting(sql`record.id`)} group by 1, 2, 3
        ) found using (convention, schema_id, schema_major)
        where coalesce(kept.records, 0) <> coalesce(found.records, 0) order by 1`.execute(kysely)
      return rows
    },

    async wrongCoverage(hook) {
      const { rows } = await sql<Wrong>`
        select what || ' of ' || convention || ' for ' || ${hook} || ', profile ' || profile || ', version ' || version as of, kept, found
        from (
          select convention, profile, version, kept.records as kept_records, kept.rows as kept_rows, found.records as found_records, found.rows as found_rows
          from (select convention, profile, version, records, rows from hook_coverage where hook = ${hook}) kept
          full join (
            select convention, profile, version, count(*) as records, sum(row_count)::bigint as rows
            from (
              select record.convention, release.version, outcome.row_count,
                string_agg(release.version || '=' || outcome.status, ',') over (
                  partition by outcome.record order by release.version rows between unbounded preceding and unbounded following
                ) as profile
              from run_outcome outcome
              join hook_release release on release.id = outcome.release_id and release.hook = ${hook}
              join record on record.id = outcome.record
              where outcome.won_at is not null and outcome.lost_at is null and ${isCounting(sql`record.id`)}
            ) winners
            group by convention, profile, version
          ) found using (convention, profile, version)
        ) both_counts
        cross join lateral (values
          ('records', coalesce(kept_records, 0), coalesce(found_records, 0)),
          ('rows', coalesce(kept_rows, 0), coalesce(found_rows, 0))
        ) compared (what, kept, found)
        where kept <> found order by 1 limit 100`.execute(kysely)
      return rows
    },
  }
}
