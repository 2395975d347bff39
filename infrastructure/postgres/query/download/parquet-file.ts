import type { ColumnType } from '@strata/domain/shared'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { Piece } from './chunks.ts'
import { binaryRowsReader, type BinaryColumn } from './binary-rows.ts'
import { listValues } from './list-values.ts'
import type { StreamedColumn } from './streamed-table.ts'

type SchemaElement = ParquetWriter['schema'][number]

/** A Parquet file with one row group per chunk. Only the current group and the footer are in memory. */
export async function* parquetFile(pieces: AsyncIterable<Piece>, columns: readonly StreamedColumn[]): AsyncGenerator<Piece, void> {
  const out = new ByteWriter()
  const schema: SchemaElement[] = [{ name: 'row', num_children: columns.length }, ...columns.flatMap(elementsOf)]
  const writer = new ParquetWriter({ writer: out, schema, createdBy: 'strata' })
  const read = binaryRowsReader(columns)
  let chunk: Buffer[] = []
  for await (const { bytes, rows } of pieces) {
    if (rows === undefined) {
      chunk.push(bytes)
      continue
    }
    if (rows > 0) {
      const values = read(chunk, rows)
      const columnData = columns.map(({ name, type, listOf }, i) => ({
        name,
        data: listOf !== undefined ? lists(values[i], listOf) : type === 'JSON' ? encoded(values[i]) : (values[i] ?? []),
        // The footer would contain the whole least and greatest values.
        statistics: type !== 'JSON',
      }))
      await writer.write({ columnData, rowGroupSize: rows })
    }
    chunk = []
    yield { bytes: taken(out), rows }
  }
  // Older readers know only this name for JSON. If it were set earlier, the writer would encode the JSON text again.
  writer.schema = schema.map((element) => (element.logical_type?.type === 'JSON' ? { ...element, converted_type: 'JSON' } : element))
  await writer.finish()
  yield { bytes: taken(out) }
}

/** The bytes written since the last call. The offset in the file keeps counting. */
function taken(out: ByteWriter): Buffer {
  const bytes = Buffer.from(out.getBytes())
  out.index = 0
  return bytes
}

/** The values are already JSON text and need no encoding. */
function encoded(values: BinaryColumn = []): unknown[] {
  return Array.from<unknown, unknown>(values, (value) => (typeof value === 'string' ? Buffer.from(value) : value))
}

function lists(values: BinaryColumn = [], of: ColumnType): unknown[] {
  return Array.from<unknown, unknown>(values, (value) => (typeof value === 'string' ? listValues(value, of) : null))
}

/** Parquet represents a list with three levels, so that readers can distinguish null, an empty list and a list of nulls. */
function elementsOf(column: StreamedColumn): SchemaElement[] {
  const { name, listOf, mayBeMissing } = column
  if (listOf === undefined) return [elementOf(column)]
  return [
    {
      name,
      repetition_type: mayBeMissing ? 'OPTIONAL' : 'REQUIRED',
      num_children: 1,
      converted_type: 'LIST',
      logical_type: { type: 'LIST' },
    },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    elementOf({ name: 'element', type: listOf, mayBeMissing: true }),
  ]
}

function elementOf({ name, type, mayBeMissing }: Pick<StreamedColumn, 'name' | 'type' | 'mayBeMissing'>): SchemaElement {
  const repetition_type = mayBeMissing ? 'OPTIONAL' : 'REQUIRED'
  switch (type) {
    case 'TEXT':
    case 'UUID':
      return { name, repetition_type, type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } }
    case 'JSON':
      return { name, repetition_type, type: 'BYTE_ARRAY', logical_type: { type: 'JSON' } }
    case 'NUMBER':
      return { name, repetition_type, type: 'DOUBLE' }
    case 'INTEGER':
      return { name, repetition_type, type: 'INT64' }
    case 'BOOLEAN':
      return { name, repetition_type, type: 'BOOLEAN' }
    case 'DATE':
      return { name, repetition_type, type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } }
    case 'DATETIME':
      return {
        name,
        repetition_type,
        type: 'INT64',
        converted_type: 'TIMESTAMP_MICROS',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
      }
    default:
      return type satisfies never
  }
}
