import type { ReleaseStanding } from '@strata/domain/dataset'
import { maxBatchSize } from '../batch/batch.ts'
import type { KeptStandings } from './backfill-ports.ts'
import { selector, type Selection } from './selection.ts'

export interface SelectedCount {
  readonly records: bigint
  readonly batches: number
}

/** How many records and batches a backfill has, from stored counts and the same rule as planning. */
export function countSelected(
  o: {
    readonly selection: Selection
    readonly target: number
    readonly releases: readonly ReleaseStanding[]
    readonly limit: number | undefined
  },
  kept: readonly KeptStandings[],
): SelectedCount {
  const isSelected = selector(o.selection, o.target, o.releases)
  let left = o.limit === undefined ? undefined : BigInt(o.limit)
  let records = 0n
  let batches = 0
  for (const standing of kept) {
    const count = least(countIn(standing, isSelected), left)
    if (left !== undefined) left -= count
    records += count
    // A batch has records of one convention only.
    batches += Math.ceil(Number(count) / maxBatchSize)
  }
  return { records, batches }
}

function countIn({ records, profiles, underWay }: KeptStandings, isSelected: ReturnType<typeof selector>): bigint {
  const withResults = profiles.reduce((sum, profile) => sum + profile.records, 0n)
  const all = [...profiles, { records: records - withResults, results: [] }]
  const count = (some: KeptStandings['underWay']) => some.reduce((sum, one) => sum + (isSelected(one.results) ? one.records : 0n), 0n)
  const free = count(all) - count(underWay)
  return free < 0n ? 0n : free
}

function least(count: bigint, limit: bigint | undefined): bigint {
  return limit !== undefined && limit < count ? limit : count
}
