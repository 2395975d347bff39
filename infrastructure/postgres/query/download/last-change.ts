import { tablesAsked, type Reading } from '@strata/domain/dataset'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../setup/connection.ts'

/**
 * When the answer to a question became what it is at `latest`: the last time that anything changed which it depends on.
 * Rounded up, since times are asked for in milliseconds and stamped in microseconds.
 */
export function lastChange(database: Pick<Database, 'kysely'>, { dataset, table, filter }: Reading, latest: Date): Promise<Date> {
  const hooks = [table, ...tablesAsked(filter)].filter(({ kind }) => kind === 'hook').map(({ name }) => name)
  return lastChangeIn(database, { convention: dataset.convention, hooks }, latest)
}

export async function lastChangeIn(
  { kysely }: Pick<Database, 'kysely'>,
  { convention, hooks }: { readonly convention: string; readonly hooks: readonly string[] },
  latest: Date,
): Promise<Date> {
  const changes = [
    sql`select created_at as at from convention where slug = ${convention} and created_at <= ${latest}`,
    sql`select max(published_at) from record where convention = ${convention} and published_at <= ${latest}`,
    ...(hooks.length === 0 ? [] : changesOfHooks(convention, hooks, latest)),
  ]
  const { rows } = await sql<{ at: Date | null }>`
    select date_trunc('milliseconds', max(at) + interval '999 microseconds') as at
    from (${sql.join(changes, sql` union all `)}) changes`.execute(kysely)
  return rows[0]?.at ?? latest
}

function changesOfHooks(convention: string, hooks: readonly string[], latest: Date): RawBuilder<unknown>[] {
  return [
    sql`select max(committed_at) from hook_run where hook = any(${hooks}::text[]) and convention = ${convention} and committed_at <= ${latest}`,
    sql`select max(at) from pointer_event where hook = any(${hooks}::text[]) and at <= ${latest}`,
    sql`select max(event.at) from release_state_event event join hook_release release on release.id = event.release_id
      where release.hook = any(${hooks}::text[]) and event.at <= ${latest}`,
  ]
}
