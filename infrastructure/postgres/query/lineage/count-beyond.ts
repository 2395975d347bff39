import type { Walk } from '@strata/domain/provenance'
import type { DB } from '@strata/prisma/tables'
import { sql, type Kysely, type RawBuilder } from 'kysely'
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

/** A convention may have millions of records. Their number is stored, and an index counts those after a time. */
function keptRecordCount({ near }: Walk, { asOf }: Moment): RawBuilder<bigint> {
  const kept = sql`(select coalesce(sum(records), 0)::bigint from record_count where convention = any(${near}::text[]))`
  const since =
    asOf === undefined ? sql`0` : sql`(select count(*) from record where convention = any(${near}::text[]) and published_at > ${asOf})`
  return sql`(${kept} - ${since})`
}

function farEnds({ step, near }: Walk, at: Moment): RawBuilder<unknown> {
  return sql`select ${far(step)} as key from (${pairsOf[step.link.name](at)}) pair where ${end(step.near)} = any(${keyArray(step.nearKind, near)})`
}
