import type { ReadingInput } from '@strata/domain/dataset'
import type { RecordId } from '@strata/domain/record'
import type { Slug } from '@strata/domain/shared'
import * as postgres from '@strata/infrastructure/postgres'
import { expect } from 'vitest'
import type { TestDatabase } from '../support/index.ts'
import { readAll, readableDataset } from './open-dataset.ts'
import type { CountedRow } from './versions-oracle.ts'

/** Calls a version `<n>@<version>`, where its record was the n-th to be published. */
export type NameOf = (version: string) => string

type Asked = Pick<ReadingInput, 'asOf' | 'versions'>

/** Every answer of the archive about the rows of one hook and the records of one convention. */
export async function archiveSays({ reader }: TestDatabase, of: { hook: string; convention: string; nameOf: NameOf }, asOf?: Date) {
  const [counting, all] = await Promise.all([
    tablesSay(reader, of, { asOf, versions: 'COUNTING' }),
    tablesSay(reader, of, { asOf, versions: 'ALL' }),
  ])
  const answer = { ...counting, everyVersion: all.records, rowsOfEveryVersion: all.rows }
  if (asOf !== undefined) return answer
  const kept = (await postgres.keptCoverage(reader, [of.convention])).get(`${of.convention}/${of.hook}`)
  expect(kept?.rows ?? 0n).toBe(BigInt(counting.rows.length))
  const listed = await recordsListed(reader, of)
  expect(listed).toEqual(counting.records)
  const records = BigInt(listed.length)
  return {
    ...answer,
    coverage: kept?.coverage ?? { records, fresh: 0n, stale: 0n, empty: 0n, rejected: 0n, errored: 0n, missing: records },
  }
}

async function tablesSay(
  reader: postgres.Database,
  { hook, convention, nameOf }: { hook: string; convention: string; nameOf: NameOf },
  asked: Asked,
) {
  const datasets = postgres.datasetQueries(reader)
  const dataset = await readableDataset(datasets, convention)
  const records = await readAll(datasets, dataset, { table: 'records', ...asked }, 4)
  for (const { row } of records.rows) expect(nameOf(row.record)).toBe(`${nameOf(row.name.identity).split('@')[0]}@${row.name.version}`)
  expect(records.count).toBe(records.rows.length)
  // Page by page, what decides is looked up row by row; for a count, it is joined.
  const made = await readAll(datasets, dataset, { table: hook, ...asked }, 4)
  expect(made.count).toBe(made.rows.length)
  const plan = await postgres.readEffective(reader, {
    hook,
    convention,
    asOf: asked.asOf ?? undefined,
    allVersions: asked.versions === 'ALL',
  })
  const joined = await rowsThatCount(reader, plan)
  const rows = made.rows.map(({ row: { record, values, made: by } }): CountedRow => [
    nameOf(record),
    by?.version ?? 0,
    Number(values['score']),
    by?.stale === true,
  ])
  expect(joined.map(([record, ...rest]) => [nameOf(record), ...rest]).toSorted()).toEqual(rows.toSorted())
  return { records: records.rows.map(({ row }) => nameOf(row.record)).toSorted(), rows: rows.toSorted() }
}

async function rowsThatCount({ pool, kysely }: postgres.Database, plan: postgres.EffectiveRows): Promise<readonly CountedRow[]> {
  const stale = postgres.isStaleRow(plan, 'made').compile(kysely)
  const counts = postgres.isEffectiveRow(plan, 'made', 'joined').compile(kysely)
  const { rows } = await pool.query<{ _record: string; _version: number; score: number; stale: boolean }>(
    `select _record, _version, score, ${stale.sql} as stale from features.${plan.hook} made where ${counts.sql}`,
    [...counts.parameters],
  )
  return rows.map(({ _record, _version, score, stale: isStale }) => [_record, _version, score, isStale] as const)
}

/** The list of records and its total, as GraphQL has them. */
async function recordsListed(
  reader: postgres.Database,
  { convention, nameOf }: { convention: string; nameOf: NameOf },
): Promise<readonly string[]> {
  const queries = postgres.recordQueries(reader)
  const of = { convention: convention as Slug }
  const [page] = await queries.recordPages([{ of, page: { first: 1000 } }])
  const [count] = await queries.recordCounts([of])
  const names = (page?.items ?? []).map(({ id }) => nameOf(id)).toSorted()
  expect(count).toBe(names.length)
  return names
}

/** What a release is said to have touched: its records, page by page, and how many they are. */
export async function touchedSay(reader: postgres.Database, release: string, nameOf: NameOf): Promise<readonly string[]> {
  const radii = postgres.blastRadii(reader)
  const { records } = await radii.counts({ releases: [release] })
  const found: RecordId[] = []
  for (let after: RecordId | undefined; ;) {
    const page = await radii.recordPage({ releases: [release] }, { first: 3, ...(after === undefined ? {} : { after }) })
    found.push(...page.items)
    after = page.items.at(-1)
    if (!page.hasNextPage) break
  }
  expect(records).toBe(BigInt(found.length))
  return found.map(nameOf).toSorted()
}
