import type { Schema, SchemaField } from '@strata/domain/convention'
import { brokenLine, type ImportLine } from '@strata/domain/record'
import { BadUserInput, didYouMean, listed, type Json } from '@strata/domain/shared'
import { byteLines } from './byte-lines.ts'
import { readCell } from './csv-cell.ts'
import { csvRows, type CsvRow } from './csv-rows.ts'
import type { LineBatch } from './gather.ts'

/** CSV with a header: the column `sourceId`, and any of the schema's fields. */
export async function* readCsv(bytes: AsyncIterable<Uint8Array>, schema: Schema): AsyncGenerator<LineBatch, void> {
  let columns: readonly Column[] | undefined
  for await (const rows of csvRows(byteLines(bytes))) {
    const lines: ImportLine[] = []
    for (const row of rows) {
      if (columns === undefined) columns = readHeader(row, schema)
      else lines.push(readRow(row, columns))
    }
    yield { lines, size: rows.reduce((sum, { size }) => sum + size, 0) }
  }
  if (columns === undefined)
    throw new BadUserInput('The CSV has no header; its first line names the columns, one of them "sourceId".', 'sourceId')
}

/** The field of a column; undefined is the column of the source ids. */
type Column = SchemaField | undefined

function readHeader(header: CsvRow, schema: Schema): readonly Column[] {
  if ('fault' in header) throw new BadUserInput(`The header cannot be read. ${header.fault}`, 'sourceId')
  const { cells: names } = header
  const fields = new Map<string, SchemaField>(schema.fields.map((field) => [field.name, field]))
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw new BadUserInput(`The column "${twice.slice(0, 80)}" appears twice.`, twice.slice(0, 80))
  if (!names.includes('sourceId')) {
    throw new BadUserInput('The CSV has no column "sourceId", which holds the name that a record has where it comes from.', 'sourceId')
  }
  return names.map((name) => {
    const field = fields.get(name)
    if (field !== undefined || name === 'sourceId') return field
    throw new BadUserInput(
      `The schema ${schema.id}@${schema.version} has no field "${name.slice(0, 80)}"; its fields are ${listed(fields.keys())}.${didYouMean(name, fields.keys())}`,
      name.slice(0, 80),
    )
  })
}

function readRow(row: CsvRow, columns: readonly Column[]): ImportLine {
  const { line } = row
  if ('fault' in row) return brokenLine(line, row.fault)
  const { cells } = row
  const sourceId = cells[columns.indexOf(undefined)] ?? ''
  if (cells.length !== columns.length) {
    return brokenLine(line, `The row has ${cells.length} cells and the header ${columns.length}.`, undefined, sourceId)
  }
  const metadata: Record<string, Json> = {}
  columns.forEach((field, i) => {
    const value = field === undefined ? null : readCell(cells[i] ?? '', field)
    if (field !== undefined && value !== null) metadata[field.name] = value
  })
  return { line, record: { sourceId, metadata } }
}
