import type { Listing, Page } from '@strata/domain/shared'
import { pageOf } from '@strata/domain/shared'
import type { DB } from '@strata/prisma/tables'
import { sql, type Kysely, type RawBuilder } from 'kysely'

type Reading = { readonly kysely: Kysely<DB> }

/** Runs several queries with the same columns in one statement. Returns each query's rows in its order. */
export async function readTogether<Row extends object>({ kysely }: Reading, queries: readonly RawBuilder<Row>[]): Promise<Row[][]> {
  const found: Row[][] = queries.map(() => [])
  if (queries.length === 0) return found
  const parts = queries.map(
    (query, i) => sql`(select ${sql.lit(i)}::int as "_query", row_number() over () as "_row", one.* from (${query}) one)`,
  )
  const { rows } = await sql<Row & Numbered>`${sql.join(parts, sql` union all `)} order by "_query", "_row"`.execute(kysely)
  for (const { _query, _row, ...row } of rows) found[_query]?.push(row as unknown as Row)
  return found
}

interface Numbered {
  readonly _query: number
  readonly _row: bigint
}

/** A page of each list. `query` reads the first `limit` rows of a list, after a key if given. */
export async function pagesTogether<Of, Key, Row extends object, Item>(
  reading: Reading,
  listings: readonly Listing<Of, Key>[],
  query: (of: Of, after: Key | undefined, limit: number) => RawBuilder<Row>,
  toItem: (row: Row) => Item,
): Promise<Page<Item>[]> {
  const rows = await readTogether(
    reading,
    listings.map(({ of, page }) => query(of, page.after, page.first + 1)),
  )
  return listings.map(({ page }, i) => pageOf((rows[i] ?? []).map(toItem), page))
}

/** The number of rows of each source. */
export async function countsTogether(reading: Reading, sources: readonly RawBuilder<unknown>[]): Promise<number[]> {
  const rows = await readTogether(
    reading,
    sources.map((from) => sql<{ count: bigint }>`select count(*) as count ${from}`),
  )
  return rows.map(([row]) => Number(row?.count ?? 0))
}
