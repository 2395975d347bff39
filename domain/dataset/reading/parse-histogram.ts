import { BadUserInput, type ColumnType, type Json } from '@strata/domain/shared'
import type { ResolvedColumn } from './column.ts'
import { resolveOne } from './parse-order.ts'
import { typeName } from './parse-test.ts'
import { parseReading, type Reading, type ReadingInput } from './reading.ts'
import type { ReadableDataset } from './readable.ts'

export interface HistogramRequest {
  readonly reading: Reading
  readonly of: ResolvedColumn
  readonly buckets: number
}

/** Adjacent buckets of equal width from the least value to the greatest. Only the last one includes its upper bound. */
export interface Histogram {
  readonly column: string
  readonly buckets: readonly HistogramBucket[]
  readonly nulls: bigint
}

interface HistogramBucket {
  readonly from: Json
  readonly to: Json
  readonly count: bigint
}

export interface HistogramInput extends Pick<ReadingInput, 'table' | 'filter' | 'versions'> {
  readonly column: string
  readonly buckets?: number | null | undefined
}

const mostBuckets = 200

export function parseHistogram(dataset: ReadableDataset, input: HistogramInput): HistogramRequest {
  const reading = parseReading(dataset, { table: input.table, filter: input.filter, versions: input.versions })
  const of = resolveOne(input.column, reading, 'column', 'A histogram is drawn')
  if (!drawn.has(of.column.type)) {
    throw new BadUserInput(
      `A histogram needs a column of numbers, dates or times, and "${input.column}" is ${typeName(of.column)}.`,
      'column',
    )
  }
  const buckets = input.buckets ?? 20
  if (!Number.isInteger(buckets) || buckets < 1 || buckets > mostBuckets)
    throw new BadUserInput(`"buckets" is 1 to ${mostBuckets}.`, 'buckets')
  return { reading, of, buckets }
}

const drawn: ReadonlySet<ColumnType> = new Set(['NUMBER', 'INTEGER', 'DATE', 'DATETIME'])
