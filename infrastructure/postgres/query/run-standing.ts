import type { RunStanding } from '@strata/domain/run'
import { sql } from 'kysely'

export interface StandingRow {
  readonly is_public: boolean
  readonly submitted_by: string
}

/**
 * Columns of a run's batch, which the query must join as `batch`. Only candidates can be unpublished, so the ids of other batches are not
 * unnested.
 */
export const standingColumns = sql`
  (not batch.candidates or not exists (
    select from unnest(batch.record_ids) as looked_at where not exists (select from record where record.id = looked_at)
  )) as is_public,
  batch.actor as submitted_by`

export function toStanding({ is_public, submitted_by }: StandingRow): RunStanding {
  return { isPublic: is_public, submittedBy: submitted_by }
}
