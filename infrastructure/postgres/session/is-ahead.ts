import { sql } from 'kysely'

/** Whether a time that was stamped before lies in the future, so the clock was set back since. A second allows for the order of statements. */
export function isAhead(column: string) {
  return sql`${sql.ref(column)} > clock_timestamp() + interval '1 second'`
}
