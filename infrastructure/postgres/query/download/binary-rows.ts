import { sql } from 'kysely'
import type { RowFormat } from './chunks.ts'
import type { StreamedColumn } from './streamed-table.ts'
import { selectAs } from './text-cells.ts'

export type BinaryValue = string | number | bigint | boolean | null

/** COPY's binary format: numbers and times come as they are kept, without a way through text. */
export function binaryFormat(columns: readonly StreamedColumn[]): RowFormat {
  return {
    selected: selectAs(columns, ({ type, value }) => (type === 'UUID' || type === 'JSON' ? sql`${value}::text` : type === 'INTEGER' ? sql`${value}::bigint` : value)),
    options: 'format binary',
  }
}

/** "PGCOPY", flags and an extension without a length, at the beginning of every COPY. */
const headerLength = 19

/** The rows of one COPY, turned into columns. */
export function readBinaryRows(copied: Buffer, columns: readonly StreamedColumn[], rows: number): BinaryValue[][] {
  const readers = columns.map(({ type }) => readerOf(type))
  const values = columns.map((): BinaryValue[] => Array.from({ length: rows }))
  let at = headerLength
  for (let row = 0; row < rows; row += 1) {
    at += 2 // how many fields it has
    for (let i = 0; i < readers.length; i += 1) {
      const length = copied.readInt32BE(at)
      at += 4
      const column = values[i]
      const read = readers[i]
      if (column === undefined || read === undefined) continue
      column[row] = length === -1 ? null : read(copied, at, at + length)
      if (length !== -1) at += length
    }
  }
  return values
}

type Read = (bytes: Buffer, start: number, end: number) => BinaryValue

function readerOf(type: StreamedColumn['type']): Read {
  switch (type) {
    case 'TEXT':
    case 'UUID':
    case 'JSON':
      return (bytes, start, end) => bytes.toString('utf8', start, end)
    case 'NUMBER':
      return (bytes, start) => bytes.readDoubleBE(start)
    case 'INTEGER':
      return (bytes, start) => bytes.readBigInt64BE(start)
    case 'BOOLEAN':
      return (bytes, start) => bytes[start] === 1
    case 'DATE':
      return (bytes, start) => bytes.readInt32BE(start) + daysTo2000
    case 'DATETIME':
      return (bytes, start) => bytes.readBigInt64BE(start) + microsecondsTo2000
    default:
      return type satisfies never
  }
}

/** PostgreSQL counts from the beginning of 2000, all others from that of 1970. */
const daysTo2000 = 10_957
const microsecondsTo2000 = BigInt(daysTo2000) * 86_400_000_000n
