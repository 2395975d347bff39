import type { ReleaseStanding } from '@strata/domain/dataset'
import type { LookedAt, PlanningRecords } from '@strata/domain/run'
import { sql, type RawBuilder } from 'kysely'
import { holdPlanning } from '../repository/planning.ts'
import type { Transaction } from '../session/transaction.ts'
import { isCounting } from './reading/counting-versions.ts'
import { announced, profileOf, profileParser } from './record-profiles.ts'
import { keptStandings } from './kept-standings.ts'

/**
 * What planning reads. A window is one statement and therefore one snapshot. A published record has its event before its run,
 * and its run before its outcome, so it is always visible as under way or computed.
 */
export function planningRecords(tx: Pick<Transaction, 'kysely'>): PlanningRecords {
  return {
    hold: (releaseId) => holdPlanning(tx, releaseId),

    async next(backfill, { convention, after, limit }) {
      const window = sql`
        select id from record
        where convention = ${convention} and id > ${after ?? noUuid}::uuid and published_at <= ${untilOf(backfill)} and ${isCounting(sql`record.id`)}
        order by id
        limit ${limit}`
      return look(tx, backfill, window)
    },

    again: (backfill, records) =>
      look(tx, backfill, sql`select id from record where id = any(${records}::uuid[]) and ${isCounting(sql`record.id`)} order by id`),

    kept: (of) => keptStandings(tx, of),
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
  const results = profileParser(releases)
  return rows.map(({ id, profile, isUnderWay }) => ({ id, isUnderWay, results: results(profile) }))
}

/** Compared in SQL, because a JavaScript Date has no microseconds. */
function untilOf({ id }: Pick<Looking, 'id'>): RawBuilder<Date> {
  return sql`(select until from backfill where id = ${id})`
}
