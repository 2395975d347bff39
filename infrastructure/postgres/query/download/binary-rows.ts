import { sql } from 'kysely'
import type { RowFormat } from './chunks.ts'
import type { StreamedColumn } from './streamed-table.ts'
import { selectAs } from './text-cells.ts'

type BinaryValue = string | number | bigint | boolean | null

/** COPY's binary format: numbers and times without conversion to text. */
export function binaryFormat(columns: readonly StreamedColumn[]): RowFormat {
  return {
    selected: selectAs(columns, ({ type, value }) =>
      type === 'UUID' || type === 'JSON' ? sql`${value}::text` : type === 'INTEGER' ? sql`${value}::bigint` : value,
    ),
    options: 'format binary',
  }
}

/** Every COPY begins with a signature, flags and the length of an extension. */
const headerLength = 19

/** One column's values. Columns without missing values use typed arrays, which need a fraction of the memory. */
export type BinaryColumn = BinaryValue[] | Float64Array | BigInt64Array | Int32Array

/**
 * Converts the rows of successive COPYs into columns. Reuses the columns' memory for the next COPY, so that it does not grow with
 * garbage that has not been collected yet.
 */
export function binaryRowsReader(columns: readonly StreamedColumn[]): (copied: readonly Buffer[], rows: number) => BinaryColumn[] {
  let room = { bytes: Buffer.alloc(0), rows: 0, values: columns.map((column) => columnOf(column, 0)) }
  return (copied, rows) => {
    const size = copied.reduce((sum, piece) => sum + piece.length, 0)
    if (size > room.bytes.length) room = { ...room, bytes: Buffer.allocUnsafeSlow(size) }
    if (rows > room.rows) room = { ...room, rows, values: columns.map((column) => columnOf(column, rows)) }
    let at = 0
    for (const piece of copied) at += piece.copy(room.bytes, at)
    const values = room.values.map((column) => (Array.isArray(column) ? Object.assign(column, { length: rows }) : column.subarray(0, rows)))
    readInto(
      values,
      room.bytes,
      columns.map(({ type }) => readerOf(type)),
    )
    return values
  }
}

function readInto(values: readonly BinaryColumn[], bytes: Buffer, readers: readonly Read[]): void {
  const rows = values[0]?.length ?? 0
  let at = headerLength
  for (let row = 0; row < rows; row += 1) {
    at += 2 // how many fields it has
    for (let i = 0; i < readers.length; i += 1) {
      const length = bytes.readInt32BE(at)
      at += 4
      const column = values[i]
      const read = readers[i]
      if (column === undefined || read === undefined) continue
      column[row] = length === -1 ? null : read(bytes, at, at + length)
      if (length !== -1) at += length
    }
  }
}

function columnOf({ type, mayBeMissing }: StreamedColumn, rows: number): BinaryColumn {
  if (!mayBeMissing && type === 'NUMBER') return new Float64Array(rows)
  if (!mayBeMissing && (type === 'INTEGER' || type === 'DATETIME')) return new BigInt64Array(rows)
  if (!mayBeMissing && type === 'DATE') return new Int32Array(rows)
  return Array.from({ length: rows })
}

type Read = (bytes: Buffer, start: number, end: number) => BinaryValue

function readerOf(type: StreamedColumn['type']): Read {
  switch (type) {
    case 'TEXT':
    case 'UUID':
    case 'JSON':
      return textReader()
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

/** Neighbouring rows often have the same text, like those of one record or run. Repeated texts share one string. */
function textReader(): Read {
  let last = ''
  let from = 0
  let to = 0
  return (bytes, start, end) => {
    if (to - from !== end - start || bytes.compare(bytes, start, end, from, to) !== 0) last = bytes.toString('utf8', start, end)
    from = start
    to = end
    return last
  }
}

/** PostgreSQL counts days from 2000, JavaScript from 1970. */
const daysTo2000 = 10_957
const microsecondsTo2000 = BigInt(daysTo2000) * 86_400_000_000n
