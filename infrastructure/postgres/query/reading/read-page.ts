import type { PlacedRow, RowPlace } from '@strata/domain/dataset'
import type { RecordId } from '@strata/domain/record'
import { pageOf, type Json, type Page, type PageRequest } from '@strata/domain/shared'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { DB } from '@strata/prisma/tables'
import { isAfter, orderBy, placeValues, type OrderTerm } from './compile-order.ts'
import type { CompiledReading } from './compile-reading.ts'
import { printed, toJson, toTableRow, type SelectedRow } from './row-values.ts'

/**
 * One page. If the first key can be missing, it is read in two segments, rows with a value and then rows without. Each uses an index,
 * and the second is read only if the first did not fill the page.
 */
export async function readPage(
  kysely: Kysely<DB>,
  compiled: CompiledReading,
  { first, after }: PageRequest<RowPlace>,
): Promise<Page<PlacedRow>> {
  let rows: readonly PlacedRow[] = []
  for (const segment of segmentsOf(compiled, after)) {
    const limit = first + 1 - rows.length
    if (limit > 0) rows = rows.concat(await readSegment(kysely, compiled, segment, limit))
  }
  return pageOf(rows, { first, ...(after === undefined ? {} : { after }) })
}

/** A query for rows of a page: an additional condition, and the order. */
interface Segment {
  readonly conditions: readonly RawBuilder<boolean>[]
  readonly orderBy: RawBuilder<unknown>
}

function segmentsOf({ order }: CompiledReading, after: RowPlace | undefined): readonly Segment[] {
  const [first, ...others] = order.keys
  const place = after && placeValues(order, after)
  if (first === undefined || !first.mayBeMissing) return [segment([...order.keys, ...order.ties], place)]
  const present: OrderTerm = { ...first, mayBeMissing: false }
  const withValue = segment([present, ...others, ...order.ties], place, [sql`${first.expression} is not null`])
  const isPastValues = place !== undefined && place[0] === null
  const without = segment([...others, ...order.ties], isPastValues ? place.slice(1) : undefined, [sql`${first.expression} is null`])
  return isPastValues ? [without] : [withValue, without]
}

function segment(terms: readonly OrderTerm[], place: readonly Json[] | undefined, of: readonly RawBuilder<boolean>[] = []): Segment {
  return { conditions: place === undefined ? of : [...of, isAfter(terms, place)], orderBy: orderBy(terms) }
}

async function readSegment(kysely: Kysely<DB>, compiled: CompiledReading, segment: Segment, limit: number): Promise<PlacedRow[]> {
  const { rows } = await pageQuery(compiled, segment, limit).execute(kysely)
  return rows.map((row) => ({ row: toTableRow(compiled.reading.table, row), place: placeOf(compiled, row) }))
}

function pageQuery(
  { select, from, where, order, reading }: CompiledReading,
  { conditions, orderBy }: Segment,
  limit: number,
): RawBuilder<SelectedRow> {
  const keys = order.keys.map(({ expression }, i) => {
    const of = reading.order[i]?.of
    return sql`${of === undefined ? expression : printed(expression, of.column)} as ${sql.id(`_key_${i}`)}`
  })
  return sql<SelectedRow>`select ${sql.join([select, ...keys])} from ${from} where ${sql.join([where, ...conditions], sql` and `)} order by ${orderBy} limit ${limit}`
}

function placeOf({ reading }: CompiledReading, row: SelectedRow): RowPlace {
  const keys = reading.order.map(({ of }, i) => toJson(row[`_key_${i}`], of.column))
  return { keys, record: row._record as RecordId, ordinal: Number(row['_ordinal'] ?? 0) }
}
