import type { RunStanding } from '@strata/domain/run'
import { sql } from 'kysely'

export interface StandingRow {
  readonly is_public: boolean
  readonly submitted_by: string
}

/** Of a run's batch, which the query joins under its own name. Only candidates can be unpublished, so other batches are not unpacked. */
export const standingColumns = sql`
  (not batch.candidates or not exists (
    select from unnest(batch.record_ids) as looked_at where not exists (select from record where record.id = looked_at)
  )) as is_public,
  batch.actor as submitted_by`

export function toStanding({ is_public, submitted_by }: StandingRow): RunStanding {
  return { isPublic: is_public, submittedBy: submitted_by }
}
