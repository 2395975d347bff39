import type { Contribution, Download, DownloadPiece, DownloadQueries, Reading } from '@strata/domain/dataset'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../session/connection.ts'
import { binaryFormat } from './download/binary-rows.ts'
import { onConnection } from './download/borrowed-connection.ts'
import { copyInChunks } from './download/chunks.ts'
import { csvFormat, csvHeader } from './download/csv-format.ts'
import { downloadedTable } from './download/downloaded-table.ts'
import { jsonlFormat } from './download/jsonl-format.ts'
import { lastChange } from './download/last-change.ts'
import { literalSql } from './download/literal-sql.ts'
import { parquetFile } from './download/parquet-file.ts'
import { compileReading, rowAlias, type CompiledReading } from './reading/compile-reading.ts'
import { stableInstant } from './reading/stable-instant.ts'
import { systemColumn } from './reading/table-sql.ts'

export function downloadQueries(database: Database, { domain }: { readonly domain: string }): DownloadQueries {
  return {
    async settle(reading) {
      const stable = await stableInstant(database)
      const latest = reading.asOf === undefined || reading.asOf > stable ? stable : reading.asOf
      return { ...reading, asOf: await lastChange(database, reading, latest) }
    },
    pieces: (download, stop) => piecesOf(database, download, domain, stop),
    contributions: (reading, stop) => contributionsOf(database, reading, stop),
  }
}

async function* piecesOf(database: Database, download: Download, domain: string, stop: AbortSignal): AsyncGenerator<DownloadPiece, void> {
  const table = downloadedTable(await compileReading(database, download.reading, { lookup: 'row by row' }), download, domain)
  const { columns } = table
  switch (download.format) {
    case 'csv':
    case 'csv.gz':
      return yield* withHeader(csvHeader(columns), copyInChunks(database, table, csvFormat(columns, download), stop))
    case 'jsonl':
      return yield* copyInChunks(database, table, jsonlFormat(columns), stop)
    case 'parquet':
      return yield* parquetFile(copyInChunks(database, table, binaryFormat(columns), stop), columns)
    default:
      download.format satisfies never
  }
}

/** Sends the header only with the first rows, so that an earlier failure is still an HTTP error instead of a broken file. */
async function* withHeader(header: Uint8Array, pieces: AsyncIterable<DownloadPiece>): AsyncGenerator<DownloadPiece, void> {
  let isBegun = false
  for await (const piece of pieces) {
    if (!isBegun) yield { bytes: header }
    isBegun = true
    yield piece
  }
}

async function contributionsOf(database: Database, reading: Reading, stop: AbortSignal): Promise<readonly Contribution[]> {
  const { table } = reading
  if (table.kind === 'records') return []
  const compiled = await compileReading(database, reading, { lookup: 'joined' })
  const { rows } = await onConnection(database, stop, (client) =>
    client.query<ContributionRow>(literalSql(contributionQuery(compiled, table.name))),
  )
  return rows.map((row) => ({ hook: table.name, ...row, rows: Number(row.rows) }))
}

type ContributionRow = Omit<Contribution, 'hook' | 'rows'> & { readonly rows: bigint }

function contributionQuery({ from, where }: CompiledReading, hook: string): RawBuilder<unknown> {
  return sql`
    select release.version, release.runtime ->> 'digest' as digest, release.source_ref as "sourceRef", made.rows
    from (select ${systemColumn(rowAlias, '_version')} as version, count(*) as rows from ${from} where ${where} group by 1) made
    join hook_release release on release.hook = ${hook} and release.version = made.version
    order by release.version`
}
