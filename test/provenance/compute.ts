import type { RuntimeLimits } from '@strata/domain/registry'
import { startBatch, type LiveReleases } from '@strata/domain/run'
import * as postgres from '@strata/infrastructure/postgres'
import { expect } from 'vitest'
import { eventually } from '../support/eventually.ts'

interface Wanted {
  readonly convention: string
  readonly records: readonly string[]
  /** Another release than the live one. */
  readonly release?: { readonly hook: string; readonly version: number }
}

/** Has records computed, again or for the first time. */
export async function compute(database: postgres.Database, { convention, records, release }: Wanted): Promise<void> {
  const asked = release && (await askedRelease(database, release))
  await postgres.transaction(database, (tx) =>
    startBatch(
      { liveReleases: asked ?? postgres.liveReleases(tx), batches: postgres.batchStore(tx) },
      { convention, recordIds: records, priority: 'BACKFILL', cause: { kind: 'event', eventId: crypto.randomUUID(), part: 0 } },
      { actor: 'user:operator', requestId: undefined },
    ),
  )
}

async function askedRelease(database: postgres.Database, { hook, version }: { hook: string; version: number }): Promise<LiveReleases> {
  const { rows } = await database.pool.query<{ id: string; limits: RuntimeLimits }>(
    `select id, runtime -> 'limits' as limits from hook_release where hook = $1 and version = $2`,
    [hook, version],
  )
  return { ofConvention: async () => rows.map(({ id, limits }) => ({ hook: hook as never, releaseId: id, limits })) }
}

/** Waits until so many runs have ended. */
export async function ended(database: postgres.Database, count: number): Promise<void> {
  await eventually(async () =>
    expect((await database.pool.query('select 1 from hook_run where finished_at is not null')).rowCount).toBe(count),
  )
}

/** In the order of publishing, each with the number it is. */
export async function publishedNumbers(database: postgres.Database): Promise<readonly { readonly id: string; readonly n: number }[]> {
  return (await database.pool.query(`select id, (metadata ->> 'n')::integer as n from record order by id`)).rows
}
