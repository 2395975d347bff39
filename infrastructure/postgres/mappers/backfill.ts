import type { Backfill, StandingStatus } from '@strata/domain/run'
import type { HookName, Slug } from '@strata/domain/shared'
import type { DB } from '@strata/prisma/tables'
import type { Selectable } from 'kysely'

/** Rows were checked before they were written, so reading them trusts them. */
export function toBackfill(row: Selectable<DB['backfill']>): Backfill {
  return {
    id: row.id,
    hook: row.hook as HookName,
    releaseId: row.release_id,
    conventions: (row.conventions ?? []) as Slug[],
    only: (row.statuses ?? []) as StandingStatus[],
    stale: row.stale,
    ...(row.record_limit === null ? {} : { limit: row.record_limit }),
    status: row.status,
    ...(row.status_reason === null ? {} : { statusReason: row.status_reason }),
    actor: row.actor,
    askedAt: row.asked_at,
    ...(row.finished_at === null ? {} : { finishedAt: row.finished_at }),
    expected: BigInt(row.expected_count),
    planned: BigInt(row.planned_count),
    isPlanned: row.planned_at !== null,
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isUuid(text: string): boolean {
  return uuid.test(text)
}
