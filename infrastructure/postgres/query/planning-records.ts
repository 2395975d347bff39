import type { CoverageProfile, ReleaseStanding } from '@strata/domain/dataset'
import type { KeptStandings, LookedAt, PlanningRecords, RecordResult } from '@strata/domain/run'
import type { Slug } from '@strata/domain/shared'
import { sql, type RawBuilder } from 'kysely'
import { holdPlanning } from '../repository/planning.ts'
import type { Transaction } from '../setup/transaction.ts'
import { hookProfiles, recordCounts } from './reading/kept-counts.ts'

/**
 * What planning looks at. A window is one statement and so one moment: a record that was published has its event before
 * it has its run, and its run until it has its outcome, so none of them is seen in between.
 */
export function planningRecords(tx: Pick<Transaction, 'kysely'>): PlanningRecords {
  const { kysely } = tx
  return {
    hold: (releaseId) => holdPlanning(tx, releaseId),

    async next(backfill, { convention, after, limit }) {
      const window = sql`
        select id from record
        where convention = ${convention} and id > ${after ?? noUuid}::uuid and published_at <= ${untilOf(backfill)}
        order by id
        limit ${limit}`
      return look(tx, backfill, window)
    },

    again: (backfill, records) => look(tx, backfill, sql`select id from record where id = any(${records}::uuid[]) order by id`),

    async kept({ hook, releaseId, conventions }) {
      const profiles = await hookProfiles(tx, { hooks: [hook], conventions })
      const counts = await recordCounts(tx, conventions)
      const { rows: releases } = await sql<Pick<ReleaseStanding, 'id' | 'version'>>`
        select id, version from hook_release where hook = ${hook}`.execute(kysely)
      const underWay = await countUnderWay(tx, { releaseId, conventions, releases })
      return conventions.map((convention): KeptStandings => ({
        convention,
        records: [...counts].reduce((sum, [table, count]) => (table.startsWith(`${convention}/`) ? sum + count : sum), 0n),
        profiles: profiles.filter((one) => one.convention === convention).flatMap((one): readonly CoverageProfile[] => one.profiles),
        underWay: underWay.filter((one) => one.convention === convention),
      }))
    },
  }
}

const noUuid = '00000000-0000-0000-0000-000000000000'

interface Looking {
  readonly id: string
  readonly releaseId: string
  readonly releases: readonly Pick<ReleaseStanding, 'id' | 'version'>[]
}

async function look({ kysely }: Pick<Transaction, 'kysely'>, backfill: Looking, window: RawBuilder<unknown>): Promise<readonly LookedAt[]> {
  const { releaseId, releases } = backfill
  const { rows } = await sql<{ id: string; profile: string | null; isUnderWay: boolean }>`
    with looked as materialized (${window}),
    under_way as materialized (
      select unnest(batch.record_ids) as record
      from hook_run run join batch on batch.id = run.batch_id
      where run.release_id = ${releaseId} and run.finished_at is null and run.reproduces is null
        and batch.first_record <= (select id from looked order by id desc limit 1)
        and batch.last_record >= (select id from looked order by id limit 1)
      union all
      select ${announced} from outbox
      where type = 'RecordsPublished' and handled_at is null and created_at <= ${untilOf(backfill)}
    )
    select id, ${profileOf(sql`looked.id`, releases)} as profile, id in (select record from under_way) as "isUnderWay"
    from looked
    order by id`.execute(kysely)
  const results = parserOf(releases)
  return rows.map(({ id, profile, isUnderWay }) => ({ id, isUnderWay, results: results(profile) }))
}

/** Asked of the row, because a Date has no microseconds. */
function untilOf({ id }: Pick<Looking, 'id'>): RawBuilder<Date> {
  return sql`(select until from backfill where id = ${id})`
}

/** Records that were just published, and that hooks start over as soon as their event is handled. */
const announced = sql`jsonb_array_elements_text(payload -> 'recordIds')::uuid`

/** For each record, a look at one index: a join might be planned as a pass over all outcomes there are. */
function profileOf(record: RawBuilder<unknown>, releases: Looking['releases']): RawBuilder<string | null> {
  return sql`(
    select string_agg(release_id::text || '=' || status, ',')
    from run_outcome
    where record = ${record} and release_id = any(${releases.map(({ id }) => id)}::uuid[]) and won_at is not null and lost_at is null
  )`
}

/** Records have few results in few ways, so each way is read once. */
function parserOf(releases: Looking['releases']) {
  const versions = new Map(releases.map(({ id, version }) => [id, version]))
  const known = new Map<string | null, readonly RecordResult[]>([[null, []]])
  return (profile: string | null): readonly RecordResult[] => {
    const seen = known.get(profile)
    if (seen !== undefined) return seen
    const results = (profile ?? '').split(',').flatMap((part): readonly RecordResult[] => {
      const [release = '', status] = part.split('=')
      const version = versions.get(release)
      return version === undefined ? [] : [{ version, status: status as RecordResult['status'] }]
    })
    known.set(profile, results)
    return results
  }
}

async function countUnderWay(
  { kysely }: Pick<Transaction, 'kysely'>,
  { releaseId, conventions, releases }: Pick<Looking, 'releaseId' | 'releases'> & { readonly conventions: readonly Slug[] },
) {
  const { rows } = await sql<{ convention: string; profile: string | null; records: bigint }>`
    with under_way as materialized (
      select unnest(batch.record_ids) as id
      from hook_run run join batch on batch.id = run.batch_id
      where run.release_id = ${releaseId} and run.finished_at is null and run.reproduces is null
      union
      select ${announced} from outbox where type = 'RecordsPublished' and handled_at is null
    ), standing as (
      select record.convention, ${profileOf(sql`record.id`, releases)} as profile
      from under_way join record using (id)
      where record.convention = any(${conventions}::text[])
    )
    select convention, profile, count(*) as records from standing group by convention, profile`.execute(kysely)
  const results = parserOf(releases)
  return rows.map(({ convention, profile, records }) => ({ convention, records: BigInt(records), results: results(profile) }))
}
