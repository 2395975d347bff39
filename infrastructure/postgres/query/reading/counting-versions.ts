import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../session/connection.ts'

/**
 * Which versions of records count: the one rule, for every read. A version counts from when it is published, except during its
 * absences: since a newer version was published, or while the record is withdrawn.
 */

/** The absences of a record's version that include now, or a time that has passed: what follows `from`. */
export function absenceOf(record: RawBuilder<unknown>, asOf?: Date | undefined): RawBuilder<unknown> {
  // The partial index on open absences answers the first.
  return asOf === undefined
    ? sql`absence where absence.record = ${record} and absence.until is null`
    : sql`absence where absence.record = ${record} and absence.since <= ${asOf} and (absence.until is null or absence.until > ${asOf})`
}

/** The condition that a published version counts. */
export function isCounting(record: RawBuilder<unknown>, asOf?: Date | undefined): RawBuilder<boolean> {
  return sql`not exists (select from ${absenceOf(record, asOf)})`
}

/** Whether any version of these conventions' records ever had an absence: without one, no read has to look for it. */
export async function haveAbsences({ kysely }: Pick<Database, 'kysely'>, convention: string): Promise<boolean> {
  return (
    (await kysely.selectFrom('absence').select('record').where('convention', '=', convention).limit(1).executeTakeFirst()) !== undefined
  )
}
