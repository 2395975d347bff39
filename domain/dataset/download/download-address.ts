import { canonicalJson, digestOf, type Json } from '@strata/domain/shared'
import type { ReadableTable } from '../reading/readable.ts'
import { generator } from './generator.ts'
import type { DownloadFormat } from './download-format.ts'
import type { Download } from './parse-download.ts'

/** The address of a download of a whole table. */
export function tableAddress(convention: string, table: Pick<ReadableTable, 'name'>, format: DownloadFormat): string {
  return `/data/${encodeURIComponent(convention)}/${encodeURIComponent(table.name)}.${format}`
}

/** The address of a download with a fixed time. It names every column, so a column that is added later changes nothing. */
export function downloadAddress({ reading, format, columns, escapesFormulas, asked }: Download): string {
  const { dataset, table, asOf, release } = reading
  const query = new URLSearchParams()
  if (asked.filter !== null) query.set('filter', JSON.stringify(asked.filter))
  if (asked.orderBy.length > 0)
    query.set('orderBy', asked.orderBy.map(({ column, direction }) => `${column}:${direction.toLowerCase()}`).join(','))
  if (asOf !== undefined) query.set('asOf', asOf.toISOString())
  if (release !== undefined) query.set('release', String(release))
  if (columns.length > 0) query.set('columns', columns.map(({ name }) => name).join(','))
  if (escapesFormulas) query.set('formulas', 'escape')
  return `${tableAddress(dataset.convention, table, format)}?${query}`
}

/** Identifies a sequence of bytes: the query, its time, and the program that writes the answer. */
export function downloadTag(download: Download): string {
  const { reading, columns } = download
  const question: Json = [
    generator,
    downloadAddress(download),
    reading.filter === undefined ? null : canonicalJson(download.asked.filter),
    columns.map(({ name, type, required }) => [name, type, required]),
  ]
  return digestOf(canonicalJson(question)).slice('sha256:'.length, 'sha256:'.length + 43)
}
