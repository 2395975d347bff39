import { sql } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { lastChanges } from '../download/last-change.ts'
import { stableInstant } from '../reading/stable-instant.ts'

/** The time of the last change to each dataset. No open transaction can still write with that timestamp. */
export async function momentsOf(database: Pick<Database, 'kysely'>, conventions: readonly string[]): Promise<Date[]> {
  const latest = await stableInstant(database)
  const { rows } = await sql<{ convention: string; hook: string }>`
    select distinct convention, hook from hook_run where convention = any(${conventions}::text[])`.execute(database.kysely)
  const hooks = Map.groupBy(rows, ({ convention }) => convention)
  return lastChanges(
    database,
    conventions.map((convention) => ({ convention, hooks: (hooks.get(convention) ?? []).map(({ hook }) => hook) })),
    latest,
  )
}
