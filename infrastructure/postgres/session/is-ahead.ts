import { sql } from 'kysely'

/** Whether a stored timestamp is in the future, which means that the clock was set back. Allows one second for the order of statements. */
export function isAhead(column: string) {
  return sql`${sql.ref(column)} > clock_timestamp() + interval '1 second'`
}
