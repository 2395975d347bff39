import type { Walk } from '@strata/domain/provenance'
import type { DB } from '@strata/prisma/tables'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { isCounting } from '../reading/counting-versions.ts'
import { end, far } from './ends.ts'
import { keyArray } from './key-type.ts'
import { pairsOf } from './link-pairs.ts'
import type { Moment } from './moment.ts'

/** The number of distinct nodes that these walks lead to, without those in `except`. All walks lead to one kind. */
export async function countBeyond(snapshot: Kysely<DB>, at: Moment, walks: readonly Walk[], except: readonly string[]): Promise<bigint> {
  const [first] = walks
  if (first === undefined) return 0n
  const drawn = keyArray(first.step.farKind, except)
  const beyond = sql.join(
    walks.map((walk) => farEnds(walk, at)),
    sql` union `,
  )
  const count =
    walks.length === 1 && isOncePerNear(first)
      ? sql`select ${countOf(first, at)} - (select count(*) from (${beyond}) beyond where key = any(${drawn})) as count`
      : sql`select count(distinct key) from (${beyond}) beyond where key <> all(${drawn})`
  const { rows } = await sql<{ count: bigint }>`${count}`.execute(snapshot)
  return rows[0]?.count ?? 0n
}

/** Each far end occurs once, so no duplicates need to be removed. */
function isOncePerNear({ step }: Walk): boolean {
  return step.link.one === step.near
}

function countOf(walk: Walk, at: Moment): RawBuilder<bigint> {
  return walk.step.link.name === 'convention-record' ? keptRecordCount(walk, at) : sql`(select count(*) from (${farEnds(walk, at)}) beyond)`
}

/** A convention may have millions of records. How many count now is stored; how many counted at a time follows from the changes since. */
function keptRecordCount({ near }: Walk, { asOf }: Moment): RawBuilder<bigint> {
  const conventions = sql`any(${near}::text[])`
  const kept = sql<bigint>`(select coalesce(sum(records), 0)::bigint from record_count where convention = ${conventions})`
  return asOf === undefined ? kept : sql`(${kept} - ${countingSince(conventions, asOf)} + ${countingUntil(conventions, asOf)})`
}

/** How many versions count now and did not at that time: they were published since, or restored. */
function countingSince(conventions: RawBuilder<unknown>, asOf: Date): RawBuilder<bigint> {
  const nowCounting = isCounting(sql`since.id`)
  return sql`(
    select count(*) from (
      select id from record since where convention = ${conventions} and published_at > ${asOf} and ${nowCounting}
      union
      select since.id from absence join record since on since.id = absence.record
      where absence.convention = ${conventions} and absence.until > ${asOf} and absence.since <= ${asOf}
        and since.published_at <= ${asOf} and ${nowCounting}
    ) since
  )`
}

/** How many versions counted at that time and do not now: they were replaced since, or withdrawn. */
function countingUntil(conventions: RawBuilder<unknown>, asOf: Date): RawBuilder<bigint> {
  return sql`(
    select count(*) from absence ended join record until on until.id = ended.record
    where ended.convention = ${conventions} and ended.since > ${asOf} and ended.until is null
      and until.published_at <= ${asOf} and ${isCounting(sql`until.id`, asOf)}
  )`
}

function farEnds({ step, near }: Walk, at: Moment): RawBuilder<unknown> {
  return sql`select ${far(step)} as key from (${pairsOf[step.link.name](at)}) pair where ${end(step.near)} = any(${keyArray(step.nearKind, near)})`
}
