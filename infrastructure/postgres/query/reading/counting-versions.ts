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

/** The absences of any version of a convention's records: what follows `from`. Without one, no read has to look for them. */
export function anyAbsence(convention: string): RawBuilder<unknown> {
  return sql`absence where absence.convention = ${convention}`
}

export async function haveAbsences({ kysely }: Pick<Database, 'kysely'>, convention: string): Promise<boolean> {
  const { rows } = await sql<{ exists: boolean }>`select exists (select from ${anyAbsence(convention)})`.execute(kysely)
  return rows[0]?.exists === true
}
