import type { BatchPriority, HookStanding, OutcomeStatus, RunStatus, WaitingCandidate } from '@strata/domain/run'
import type { HookName } from '@strata/domain/shared'
import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'

type Standing = Pick<WaitingCandidate, 'hooks' | 'priority'>

interface StandingRow {
  readonly candidate: string
  readonly hook: HookName
  readonly priority: BatchPriority
  readonly release_id: string
  readonly last_status: RunStatus
  readonly under_way: boolean
  readonly outcome: OutcomeStatus | null
  readonly reason: string | null
}

/** The state of the hooks for candidates, over all batches of the candidates: retries, follow-ups and other releases. */
export async function standingsOf(kysely: Transaction['kysely'], candidates: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
  if (candidates.length === 0) return new Map()
  const { rows } = await sql<StandingRow>`
    with run as (
      select candidate, run.id, run.hook, run.release_id, run.status, batch.priority
      from batch
      cross join lateral unnest(batch.record_ids) as candidate
      join hook_run run on run.batch_id = batch.id
      where batch.candidates and batch.record_ids && ${candidates}::uuid[] and candidate = any(${candidates}::uuid[])
    )
    select run.candidate, run.hook, min(run.priority) as priority,
      (array_agg(run.release_id order by run.id desc))[1] as release_id,
      (array_agg(run.status::text order by run.id desc))[1] as last_status,
      bool_or(run.status in ('QUEUED', 'RUNNING')) as under_way,
      (array_agg(outcome.status::text order by run.id desc) filter (where outcome.run is not null))[1] as outcome,
      (array_agg(outcome.reason order by run.id desc) filter (where outcome.run is not null))[1] as reason
    from run
    left join run_outcome outcome on outcome.run = run.id and outcome.record = run.candidate
    group by run.candidate, run.hook
    order by run.hook`.execute(kysely)
  return new Map(
    Map.groupBy(rows, ({ candidate }) => candidate)
      .entries()
      .map(([candidate, own]) => [candidate, { hooks: own.map(toStanding), priority: own[0]?.priority ?? 'BULK' }]),
  )
}

function toStanding({ hook, release_id: releaseId, last_status, under_way, outcome, reason }: StandingRow): HookStanding {
  const about = { hook, releaseId }
  if (under_way) return { ...about, status: 'UNDER_WAY' }
  switch (outcome) {
    case 'PASSED':
    case 'EMPTY':
      return { ...about, status: outcome }
    case 'REJECTED':
    case 'ERRORED':
      return { ...about, status: outcome, reason: reason ?? '' }
    case null:
      return { ...about, status: last_status === 'CANCELLED' ? 'CANCELLED' : 'BROKEN' }
    default:
      return outcome satisfies never
  }
}
