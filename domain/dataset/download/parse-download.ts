import { BadUserInput, didYouMean, listed, parseAsOf, type Json } from '@strata/domain/shared'
import type { DataColumn } from '../dataset.ts'
import type { ReadableDataset, ReadableTable } from '../reading/readable.ts'
import { parseReading, type Reading } from '../reading/reading.ts'
import type { DownloadFormat, DownloadName } from './download-format.ts'

/** A reading as a file. */
export interface Download {
  readonly reading: Reading
  readonly format: DownloadFormat
  /** The wanted columns of the table, in this order. */
  readonly columns: readonly DataColumn[]
  /** Whether cells that a spreadsheet would run are escaped. */
  readonly escapesFormulas: boolean
  /** As requested, for manifests and messages. */
  readonly asked: { readonly filter: Json | null; readonly orderBy: readonly AskedOrder[] }
}

interface AskedOrder {
  readonly column: string
  readonly direction: 'ASC' | 'DESC'
}

export type DownloadQuery = Readonly<Record<string, unknown>>

export const downloadParameters = ['filter', 'orderBy', 'asOf', 'release', 'columns', 'formulas'] as const

/** Parses the parameters of an address. Refuses unknown ones, so that a misspelt filter is never ignored. */
export function parseDownload(dataset: ReadableDataset, { table, format }: DownloadName, query: DownloadQuery, now?: Date): Download {
  const given = textsOf(query)
  const filter = parseJson(given.get('filter'))
  const orderBy = parseOrderBy(given.get('orderBy'))
  const asOf = given.has('asOf') ? parseAsOf(given.get('asOf'), now) : undefined
  const release = parseVersion(given.get('release'))
  const reading = parseReading(dataset, { table, filter, orderBy, asOf, release }, now)
  return {
    reading,
    format,
    columns: parseColumns(given.get('columns'), reading.table),
    escapesFormulas: parseFormulas(given.get('formulas'), format),
    asked: { filter: filter ?? null, orderBy },
  }
}

function textsOf(query: DownloadQuery): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const [name, value] of Object.entries(query)) {
    if (!downloadParameters.some((one) => one === name)) {
      const shown = name.slice(0, 80).toWellFormed()
      throw new BadUserInput(
        `A download has no parameter "${shown}"; it takes ${downloadParameters.join(', ')}.${didYouMean(shown, downloadParameters)}`,
        shown,
      )
    }
    if (typeof value !== 'string') throw new BadUserInput(`"${name}" is given more than once; give it once.`, name)
    if (value !== '') texts.set(name, value)
  }
  return texts
}

function parseJson(text: string | undefined): Json | undefined {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    throw new BadUserInput(
      '"filter" is not valid JSON; write it as in the API, like {"eq":{"column":"grade","value":"fine"}}, percent-encoded.',
      'filter',
    )
  }
}

/** `score:desc,name`. */
function parseOrderBy(text: string | undefined): readonly AskedOrder[] {
  if (text === undefined) return []
  return text.split(',').map((part, i) => {
    const [column = '', direction = 'asc', ...rest] = part.trim().split(':')
    const upper = direction.toUpperCase()
    if (column === '' || rest.length > 0 || (upper !== 'ASC' && upper !== 'DESC')) {
      throw new BadUserInput('"orderBy" is a list of columns, each optionally with :asc or :desc, like score:desc,name.', `orderBy.${i}`)
    }
    return { column, direction: upper }
  })
}

function parseVersion(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^[0-9]{1,10}$/.test(text)) return Number(text)
  throw new BadUserInput('A release is a version: 1, 2, 3 and so on.', 'release')
}

function parseColumns(text: string | undefined, table: ReadableTable): readonly DataColumn[] {
  if (text === undefined) return table.columns
  const names = text.split(',').map((name) => name.trim())
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw new BadUserInput(`"${twice.slice(0, 80)}" appears twice; name each column once.`, 'columns')
  return names.map((name) => {
    const column = table.columns.find((one) => one.name === name)
    if (column !== undefined) return column
    const known = table.columns.map((one) => one.name)
    throw new BadUserInput(
      `The table "${table.name}" has no column "${name.slice(0, 80).toWellFormed()}"; its columns are ${listed(known)}.${didYouMean(name, known)}`,
      'columns',
    )
  })
}

function parseFormulas(text: string | undefined, format: DownloadFormat): boolean {
  if (text === undefined) return false
  if (text !== 'escape') throw new BadUserInput('"formulas" is "escape", or left out.', 'formulas')
  if (format === 'csv' || format === 'csv.gz') return true
  throw new BadUserInput(`"formulas" applies only to CSV; leave it out for ${format}.`, 'formulas')
}
