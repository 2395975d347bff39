import { startBatch } from '@strata/domain/run'
import * as postgres from '@strata/infrastructure/postgres'
import { expect } from 'vitest'

/** Has records computed with the release that is live now, or with one that is named. */
export async function compute(database: postgres.Database, convention: string, recordIds: readonly string[]): Promise<void> {
  await postgres.transaction(database, (tx) =>
    startBatch(
      { liveReleases: postgres.liveReleases(tx), batches: postgres.batchStore(tx) },
      { convention, recordIds, priority: 'BACKFILL', eventId: crypto.randomUUID() },
      { actor: 'user:operator', requestId: undefined },
    ),
  )
}

/** Waits until so many runs have ended. */
export async function ended(database: postgres.Database, count: number): Promise<void> {
  await expect
    .poll(async () => (await database.pool.query('select 1 from hook_run where finished_at is not null')).rowCount, { timeout: 60_000 })
    .toBe(count)
}

export async function recordIds(database: postgres.Database): Promise<string[]> {
  return (await database.pool.query('select id from record order by id')).rows.map(({ id }) => id)
}
