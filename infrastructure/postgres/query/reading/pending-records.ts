import { coverageOf } from '@strata/domain/dataset'
import type { PendingRecords, ReleaseId } from '@strata/domain/registry'
import type { Database } from '../../session/connection.ts'
import { hookProfiles, recordCounts, recordTotals } from './kept-counts.ts'
import { releaseStandings } from './release-standings.ts'

/** From stored counts, without reading records. */
export async function pendingRecords(
  database: Pick<Database, 'kysely'>,
  hook: string,
  live: ReleaseId | undefined,
  conventions: readonly string[],
): Promise<PendingRecords> {
  const profiles = new Map((await hookProfiles(database, { hooks: [hook], conventions })).map((one) => [one.convention, one.profiles]))
  const releases = ((await releaseStandings(database, [hook])).get(hook) ?? []).map((release) => ({
    ...release,
    isLive: release.id === live,
  }))
  const totals = recordTotals(await recordCounts(database, conventions))
  const coverages = conventions.map(
    (convention) => coverageOf(totals.get(convention) ?? 0n, profiles.get(convention) ?? [], releases).coverage,
  )
  return { stale: sum(coverages.map(({ stale }) => stale)), missing: sum(coverages.map(({ missing }) => missing)) }
}

function sum(counts: readonly bigint[]): bigint {
  return counts.reduce((total, count) => total + count, 0n)
}
