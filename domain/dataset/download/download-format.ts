import { didYouMean, NotFound } from '@strata/domain/shared'

export const downloadFormats = ['csv', 'csv.gz', 'jsonl', 'parquet'] as const
export type DownloadFormat = (typeof downloadFormats)[number]

export const mediaTypeOf: Readonly<Record<DownloadFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  'csv.gz': 'application/gzip',
  jsonl: 'application/x-ndjson; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
}

/** The name in an address below /data/{convention}/: a table in a format, or the manifest of that. */
export interface DownloadName {
  readonly table: string
  readonly format: DownloadFormat
  readonly isManifest: boolean
}

const manifestEnding = '.meta.json'

/** `scores.csv.gz`, `scores.csv.gz.meta.json`. Table names contain no full stop. */
export function parseDownloadName(name: string): DownloadName {
  const isManifest = name.endsWith(manifestEnding)
  const file = isManifest ? name.slice(0, -manifestEnding.length) : name
  const dot = file.indexOf('.')
  const ending = dot < 0 ? '' : file.slice(dot + 1)
  const format = downloadFormats.find((one) => one === ending)
  if (dot > 0 && format !== undefined) return { table: file.slice(0, dot), format, isManifest }
  const what = dot < 0 ? `"${shown(name)}" has no format` : `There are no downloads in "${shown(ending)}"`
  throw new NotFound(
    `${what}; a download is {table}.{format}, in ${downloadFormats.join(', ')}.${didYouMean(ending, downloadFormats)}`,
    'format',
  )
}

function shown(text: string): string {
  return text.slice(0, 80).toWellFormed()
}
