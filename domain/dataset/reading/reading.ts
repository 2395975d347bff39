import { BadUserInput, requirePast } from '@strata/domain/shared'
import { parseFilter } from './parse-filter.ts'
import { parseOrder, type SortKey } from './parse-order.ts'
import type { Predicate } from './predicate.ts'
import { tableNamed, type ReadableDataset, type ReadableTable } from './readable.ts'

/** A parsed query for rows: table, filter and order, resolved and checked. */
export interface Reading {
  readonly dataset: ReadableDataset
  readonly table: ReadableTable
  /** Undefined for all rows. */
  readonly filter: Predicate | undefined
  readonly order: readonly SortKey[]
  /** The time as of which to read. */
  readonly asOf: Date | undefined
  /** Reads the rows of this version of the hook, live or not. */
  readonly release: number | undefined
  /** Of all versions of records, also those that do not count. */
  readonly allVersions: boolean
}

/** `filter` and `orderBy` have the shapes of the API's, from GraphQL or JSON. */
export interface ReadingInput {
  readonly table: string
  readonly filter?: unknown
  readonly orderBy?: unknown
  readonly asOf?: Date | null | undefined
  readonly release?: number | null | undefined
  readonly versions?: 'COUNTING' | 'ALL' | null | undefined
}

export function parseReading(dataset: ReadableDataset, input: ReadingInput, now: Date = new Date()): Reading {
  const table = tableNamed(dataset, input.table)
  const scope = { dataset, table }
  return {
    dataset,
    table,
    filter: input.filter === null || input.filter === undefined ? undefined : parseFilter(input.filter, scope),
    order: parseOrder(input.orderBy, scope),
    asOf: requirePast(input.asOf, now),
    release: parseRelease(input.release, table),
    allVersions: input.versions === 'ALL',
  }
}

function parseRelease(release: number | null | undefined, table: ReadableTable): number | undefined {
  if (release === null || release === undefined) return undefined
  if (table.kind === 'records') {
    throw new BadUserInput(`The rows of "${table.name}" are not from a hook, so they have no release; leave "release" out.`, 'release')
  }
  if (Number.isInteger(release) && release >= 1 && release <= table.newest) return release
  const has = table.newest === 0 ? 'has none yet' : table.newest === 1 ? 'has one, 1' : `has 1 to ${table.newest}`
  throw new BadUserInput(`The hook "${table.name}" has no release ${release}; it ${has}.`, 'release')
}
