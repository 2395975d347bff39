import type { RecordOutcome } from '@strata/domain/dataset'
import type { RecordId } from '@strata/domain/record'
import type { HookName } from '@strata/domain/shared'
import { sql } from 'kysely'
import type { Database } from '../session/connection.ts'

/** For each record, in order: the effective outcome of each hook of its convention. */
export async function recordOutcomes({ kysely }: Pick<Database, 'kysely'>, ids: readonly RecordId[]): Promise<RecordOutcome[][]> {
  const { rows } = await sql<OutcomeRow>`
    select record.id as record, hook.name as hook, effective.status, effective.run, effective.release_id, effective.reason,
      effective.won_at, coalesce(effective.row_count, 0) as row_count, effective.release_id <> hook.live_release_id as stale
    from record
    join convention_hook of_convention on of_convention.convention = record.convention
    join hook on hook.name = of_convention.hook
    left join lateral (
      select outcome.*
      from run_outcome outcome
      join hook_release release on release.id = outcome.release_id and release.hook = hook.name and release.state <> 'YANKED'
      where outcome.record = record.id and outcome.won_at is not null and outcome.lost_at is null
      order by release.id = hook.live_release_id desc, release.version desc
      limit 1
    ) effective on true
    where record.id = any(${ids}::uuid[])
    order by record.id, of_convention.position`.execute(kysely)
  const byRecord = Map.groupBy(rows, ({ record }) => record)
  return ids.map((id) => (byRecord.get(id) ?? []).map(toOutcome))
}

interface OutcomeRow {
  readonly record: RecordId
  readonly hook: HookName
  readonly status: Exclude<RecordOutcome['status'], 'MISSING'> | null
  readonly run: string | null
  readonly release_id: string | null
  readonly reason: string | null
  readonly won_at: Date | null
  readonly row_count: number
  readonly stale: boolean | null
}

function toOutcome({ hook, status, run, release_id: release, reason, won_at: at, row_count: rowCount, stale }: OutcomeRow): RecordOutcome {
  if (status === null || run === null || release === null || at === null) return { hook, status: 'MISSING', rowCount: 0, stale: false }
  return { hook, status, rowCount, stale: stale ?? true, made: { run, release, at, ...(reason === null ? {} : { reason }) } }
}
