import { sql, type RawBuilder } from 'kysely'

/** A time as whole microseconds since 1970, which is as exact as it is kept; the driver's dates end at milliseconds. */
export function micros(time: string): RawBuilder<number> {
  return sql`(extract(epoch from ${sql.ref(time)}) * 1000000)::double precision`
}
