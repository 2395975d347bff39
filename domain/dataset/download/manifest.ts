import type { Digest, Json } from '@strata/domain/shared'
import type { DataColumn } from '../dataset.ts'
import { howToCite, type Cited } from './how-to-cite.ts'
import { downloadAddress } from './download-address.ts'
import { downloadColumns } from './download-columns.ts'
import { mediaTypeOf } from './download-format.ts'
import { generator } from './generator.ts'
import type { Download } from './parse-download.ts'

/** What is counted and hashed while a download is made. */
export interface DownloadedBytes {
  readonly rows: number
  readonly bytes: number
  readonly sha256: Digest
}

/** A release that rows of a download come from. */
export interface Contribution {
  readonly hook: string
  readonly version: number
  readonly digest: Digest
  readonly sourceRef: string
  readonly rows: number
}

export interface ManifestFacts {
  readonly download: Download
  readonly made: DownloadedBytes
  readonly releases: readonly Contribution[]
  /** The latest changes of the rows' records and releases since then, and the number of all changes. */
  readonly changes: readonly Json[]
  readonly changeCount: number
  readonly cited: Cited & { readonly description: string; readonly license: string | undefined }
  /** The archive's address. */
  readonly base: string
}

/** The manifest of a download: what is needed to get the same bytes again, to check them, and to know where they come from. */
export function manifestOf({ download, made, releases, changes, changeCount, cited, base }: ManifestFacts): Json {
  const { reading, format, columns, escapesFormulas, asked } = download
  const url = `${base}${downloadAddress(download)}`
  return {
    convention: reading.dataset.convention,
    title: cited.title,
    description: cited.description,
    table: reading.table.name,
    format,
    mediaType: mediaTypeOf[format],
    url,
    filter: asked.filter,
    orderBy: asked.orderBy.map(({ column, direction }) => ({ column, direction })),
    asOf: reading.asOf?.toISOString() ?? null,
    release: reading.release ?? null,
    formulas: escapesFormulas ? 'escape' : null,
    rows: made.rows,
    bytes: made.bytes,
    sha256: made.sha256,
    columns: downloadColumns(reading.table, columns).map(describe),
    releases: releases.map((one) => ({ ...one })),
    changes,
    changeCount,
    licence: cited.license ?? null,
    citation: howToCite(cited, { part: `Table "${reading.table.name}"`, asOf: reading.asOf, url }),
    generator,
  }
}

function describe({ name, type, listOf, required, description, unit }: DataColumn): Json {
  return { name, type, listOf: listOf ?? null, required, description: description ?? null, unit: unit ?? null }
}
