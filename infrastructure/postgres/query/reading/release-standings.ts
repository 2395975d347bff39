import type { ReleaseStanding } from '@strata/domain/dataset'
import { sql } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { readTogether } from '../read-together.ts'

/** The states of the releases of hooks, now or at a past time. By hook, oldest first. */
export async function releaseStandings(
  { kysely }: Pick<Database, 'kysely'>,
  hooks: readonly string[],
  asOf?: Date,
): Promise<ReadonlyMap<string, readonly ReleaseStanding[]>> {
  const { rows } = await (asOf === undefined ? standing(hooks) : standingAt(hooks, asOf)).execute(kysely)
  return Map.groupBy(rows, ({ hook }) => hook)
}

/** The same at several times, in one statement. */
export async function releaseStandingsAt(
  database: Pick<Database, 'kysely'>,
  questions: readonly { readonly hooks: readonly string[]; readonly asOf: Date }[],
): Promise<ReadonlyMap<string, readonly ReleaseStanding[]>[]> {
  const found = await readTogether(
    database,
    questions.map(({ hooks, asOf }) => standingAt(hooks, asOf)),
  )
  return found.map((rows) => Map.groupBy(rows, ({ hook }) => hook))
}

type Standing = ReleaseStanding & { readonly hook: string }

function standing(hooks: readonly string[]) {
  return sql<Standing>`
    select release.hook, release.id, release.version, release.state, release.id is not distinct from hook.live_release_id as "isLive"
    from hook_release release join hook on hook.name = release.hook
    where release.hook = any(${hooks}::text[])
    order by release.hook, release.version`
}

/** From the logs: the last state and the last move by that time. */
function standingAt(hooks: readonly string[], asOf: Date) {
  return sql<Standing>`
    select release.hook, release.id, release.version, coalesce(event.state, 'ACTIVE') as state,
      release.id is not distinct from (
        select to_release_id from pointer_event where hook = release.hook and at <= ${asOf} order by position desc limit 1
      ) as "isLive"
    from hook_release release
    left join lateral (
      select state from release_state_event where release_id = release.id and at <= ${asOf} order by at desc limit 1
    ) event on true
    where release.hook = any(${hooks}::text[]) and release.built_at <= ${asOf}
    order by release.hook, release.version`
}
