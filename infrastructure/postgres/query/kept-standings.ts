import type { ReleaseStanding } from '@strata/domain/dataset'
import type { KeptStandings, PlanningRecords } from '@strata/domain/run'
import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'
import { isCounting } from './reading/counting-versions.ts'
import { announced, profileOf, profileParser } from './record-profiles.ts'

/** The number of records with each set of results, and how many are under way, in one statement so that they are consistent. */
export async function keptStandings(
  { kysely }: Pick<Transaction, 'kysely'>,
  { hook, releaseId, conventions }: Parameters<PlanningRecords['kept']>[0],
): Promise<readonly KeptStandings[]> {
  const { rows: releases } = await sql<Pick<ReleaseStanding, 'id' | 'version'>>`
    select id, version from hook_release where hook = ${hook}`.execute(kysely)
  const { rows } = await sql<StandingRow>`
    with under_way as materialized (
      select unnest(batch.record_ids) as id
      from hook_run run join batch on batch.id = run.batch_id
      where run.release_id = ${releaseId} and run.finished_at is null and run.reproduces is null
      union
      select ${announced} from outbox where type = 'RecordsPublished' and handled_at is null
    ), standing as (
      select record.convention, ${profileOf(sql`record.id`, releases)} as profile
      from under_way join record using (id)
      where record.convention = any(${conventions}::text[]) and ${isCounting(sql`record.id`)}
    )
    select 'under way' as kind, convention, profile, count(*) as records from standing group by convention, profile
    union all
    select 'profile', convention, profile, max(records) from hook_coverage
    where hook = ${hook} and convention = any(${conventions}::text[]) and records > 0
    group by convention, profile
    union all
    select 'all', convention, null, sum(records)::bigint from record_count where convention = any(${conventions}::text[]) group by convention`.execute(
    kysely,
  )
  const results = profileParser(releases)
  const counted = (convention: string, kind: StandingRow['kind']) =>
    rows
      .filter((row) => row.convention === convention && row.kind === kind)
      .map(({ profile, records }) => ({ records: BigInt(records), results: results(profile) }))
  return conventions.map((convention) => ({
    convention,
    records: counted(convention, 'all')[0]?.records ?? 0n,
    profiles: counted(convention, 'profile'),
    underWay: counted(convention, 'under way'),
  }))
}

interface StandingRow {
  readonly kind: 'under way' | 'profile' | 'all'
  readonly convention: string
  readonly profile: string | null
  readonly records: bigint
}
