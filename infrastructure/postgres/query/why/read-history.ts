import type { ExplainedRun, MadeRowId, Move, RecordHistory, ReleaseOfRecord } from '@strata/domain/provenance'
import type { JsonObject } from '@strata/domain/shared'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { micros } from '../diff/micros.ts'

type RunJsonPart = Omit<ExplainedRun['ran'], 'sourceRef' | 'limits' | 'isolation'>

interface HistoryRow {
  readonly run: Omit<ExplainedRun, 'ran'>
  readonly runtime: RunJsonPart
  readonly sourceRef: string
  readonly attempt: { readonly limits: ExplainedRun['ran']['limits']; readonly isolation: readonly string[] } | null
  readonly results: readonly (Omit<ReleaseOfRecord, 'states'> & JsonObject)[]
  readonly states: readonly (ReleaseOfRecord['states'][number] & { readonly release: string })[]
  readonly moves: readonly (Omit<Move, 'from' | 'reason'> & { readonly from: string | null; readonly reason: string | null })[]
}

/** One statement, so that all of it is from one snapshot. */
export async function readHistory(
  kysely: Database['kysely'],
  id: MadeRowId,
  asOf: Date | undefined,
): Promise<{ run: ExplainedRun; history: RecordHistory }> {
  const { rows } = await historyQuery(id, asOf).execute(kysely)
  const [found] = rows
  if (found === undefined) throw new Error(`the run ${id.run} of a row is missing`)
  const statesOf = Map.groupBy(found.states, ({ release }) => release)
  return {
    run: {
      ...found.run,
      ran: {
        ...found.runtime,
        sourceRef: found.sourceRef,
        limits: found.attempt?.limits ?? { memoryBytes: 0, cpuMillis: 0, timeoutSeconds: 0 },
        isolation: found.attempt?.isolation ?? [],
      },
    },
    history: {
      releases: found.results.map((result) => ({ ...result, states: statesOf.get(result.id) ?? [] })),
      moves: found.moves.map((move) => ({ ...move, from: move.from ?? undefined, reason: move.reason ?? undefined })),
    },
  }
}

function historyQuery({ hook, run, record }: MadeRowId, asOf: Date | undefined): RawBuilder<HistoryRow> {
  const by = (time: string) => (asOf === undefined ? sql`true` : sql`${sql.ref(time)} <= ${asOf}`)
  return sql<HistoryRow>`
    with result as (
      select release.id, release.version, min(${micros('outcome.won_at')}) as since,
        (array_agg(json_build_object('run', outcome.run, 'status', outcome.status, 'rows', outcome.row_count) order by outcome.won_at desc))[1] as result
      from run_outcome outcome join hook_release release on release.id = outcome.release_id and release.hook = ${hook}
      where outcome.record = ${record}::uuid and outcome.won_at is not null and ${by('outcome.won_at')}
      group by release.id
    )
    select
      json_build_object(
        'id', run.id, 'release', run.release_id,
        'askedAt', ${micros('run.created_at')}, 'startedAt', ${micros('run.started_at')}
      ) as run,
      run.run_json -> 'runtime' as runtime,
      run.run_json -> 'release' ->> 'sourceRef' as "sourceRef",
      run.run_json -> 'attempts' -> -1 as attempt,
      (select coalesce(json_agg(one order by one.version), '[]') from result one) as results,
      (
        select coalesce(json_agg(json_build_object('release', release_id, 'state', state, 'reason', reason, 'at', ${micros('at')}) order by at), '[]')
        from release_state_event
        where release_id in (select id from result) and ${by('at')}
      ) as states,
      (
        select coalesce(json_agg(json_build_object(
          'id', move.id, 'from', move.from_release_id, 'to', json_build_object('id', target.id, 'version', target.version),
          'actor', move.actor, 'reason', move.reason, 'at', ${micros('move.at')}
        ) order by move.position), '[]')
        from pointer_event move join hook_release target on target.id = move.to_release_id
        where move.hook = ${hook} and ${by('move.at')} and (
          move.to_release_id in (select id from result) or move.from_release_id in (select id from result)
          or move.position = (select max(position) from pointer_event where hook = ${hook} and ${by('at')})
        )
      ) as moves
    from hook_run run
    where run.id = ${run}::uuid`
}
