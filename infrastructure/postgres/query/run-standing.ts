import type { RunStanding } from '@strata/domain/run'
import { sql } from 'kysely'

export interface StandingRow {
  readonly is_public: boolean
  readonly submitted_by: string
}

/**
 * Whether all that a run looked at is published. The query must join the run's batch as `batch`. Only candidates can be unpublished, so the
 * ids of other batches are not unnested.
 */
export const isPublicBatch = sql<boolean>`
  (not batch.candidates or not exists (
    select from unnest(batch.record_ids) as looked_at where not exists (select from record where record.id = looked_at)
  ))`

export const standingColumns = sql`${isPublicBatch} as is_public, batch.actor as submitted_by`

export function toStanding({ is_public, submitted_by }: StandingRow): RunStanding {
  return { isPublic: is_public, submittedBy: submitted_by }
}
