import { tablesAsked, type Reading } from '@strata/domain/dataset'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { readTogether } from '../read-together.ts'

/**
 * The time of the last change that affects the answer as of `latest`. Rounded up, because `asOf` has milliseconds and timestamps
 * have microseconds.
 */
export async function lastChange(database: Pick<Database, 'kysely'>, { dataset, table, filter }: Reading, latest: Date): Promise<Date> {
  const hooks = [table, ...tablesAsked(filter)].filter(({ kind }) => kind === 'hook').map(({ name }) => name)
  const [last = latest] = await lastChanges(database, [{ convention: dataset.convention, hooks }], latest)
  return last
}

interface Dependencies {
  readonly convention: string
  readonly hooks: readonly string[]
}

/** The same for several readings, in one statement. */
export async function lastChanges(database: Pick<Database, 'kysely'>, questions: readonly Dependencies[], latest: Date): Promise<Date[]> {
  const found = await readTogether(
    database,
    questions.map((question) => lastOf(question, latest)),
  )
  return found.map(([row]) => row?.at ?? latest)
}

function lastOf({ convention, hooks }: Dependencies, latest: Date): RawBuilder<{ at: Date | null }> {
  const changes = [
    sql`select created_at as at from convention where slug = ${convention} and created_at <= ${latest}`,
    sql`select max(published_at) from record where convention = ${convention} and published_at <= ${latest}`,
    sql`select max(since) from absence where convention = ${convention} and since <= ${latest}`,
    sql`select max(until) from absence where convention = ${convention} and until <= ${latest}`,
    ...(hooks.length === 0 ? [] : changesOfHooks(convention, hooks, latest)),
  ]
  return sql<{ at: Date | null }>`
    select date_trunc('milliseconds', max(at) + interval '999 microseconds') as at
    from (${sql.join(changes, sql` union all `)}) changes`
}

function changesOfHooks(convention: string, hooks: readonly string[], latest: Date): RawBuilder<unknown>[] {
  return [
    sql`select max(committed_at) from hook_run where hook = any(${hooks}::text[]) and convention = ${convention} and committed_at <= ${latest}`,
    sql`select max(at) from pointer_event where hook = any(${hooks}::text[]) and at <= ${latest}`,
    sql`select max(event.at) from release_state_event event join hook_release release on release.id = event.release_id
      where release.hook = any(${hooks}::text[]) and event.at <= ${latest}`,
  ]
}
