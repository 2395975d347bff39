import { sql, type RawBuilder } from 'kysely'

/** A time as whole microseconds since 1970, its full precision. The driver's dates have only milliseconds. */
export function micros(time: string): RawBuilder<number> {
  return sql`(extract(epoch from ${sql.ref(time)}) * 1000000)::double precision`
}
