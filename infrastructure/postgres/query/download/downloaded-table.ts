import { systemColumns, type DataColumn, type Download } from '@strata/domain/dataset'
import { recordSrn, type RecordId } from '@strata/domain/record'
import { sql, type RawBuilder } from 'kysely'
import { rowAlias, type CompiledReading } from '../reading/compile-reading.ts'
import { columnSql, systemColumn } from '../reading/table-sql.ts'
import type { StreamedColumn, StreamedTable } from './streamed-table.ts'

/** The columns that a download shows of the rows of a reading. */
export function downloadedTable(
  { from, where, order, stale, haveVersions }: CompiledReading,
  { reading, columns }: Download,
  domain: string,
): StreamedTable {
  return {
    from,
    where,
    order: [...order.keys, ...order.ties],
    columns: [
      ...systemColumns(reading.table).map((column) => streamed(column, systemValue(column.name, { stale, domain, haveVersions }), false)),
      ...columns.map((column) => streamed(column, columnSql(rowAlias, column), reading.table.kind === 'records' || !column.required)),
    ],
  }
}

function streamed({ name, type, listOf }: DataColumn, value: RawBuilder<unknown>, mayBeMissing: boolean): StreamedColumn {
  return { name, type, value, mayBeMissing, ...(listOf === undefined ? {} : { listOf }) }
}

function systemValue(
  name: string,
  { stale, domain, haveVersions }: { readonly stale: RawBuilder<boolean>; readonly domain: string; readonly haveVersions: boolean },
): RawBuilder<unknown> {
  switch (name) {
    case '_record':
      return srnOf(systemColumn(rowAlias, '_record'), domain, haveVersions)
    case '_run':
    case '_ordinal':
      return systemColumn(rowAlias, name)
    case '_release':
      return systemColumn(rowAlias, '_version')
    case '_stale':
      return stale
    default:
      throw new TypeError(`no row has a ${name}`)
  }
}

/** The SRN of a version, put together where the rows are. Without later versions in the convention, each version is the first. */
function srnOf(id: RawBuilder<unknown>, domain: string, haveVersions: boolean): RawBuilder<unknown> {
  const some = '00000000-0000-0000-0000-000000000000' as RecordId
  const [before = ''] = recordSrn(domain, { identity: some, version: 1 }).split(some)
  if (!haveVersions) return sql`${before} || ${id} || '@1'`
  return sql`(select ${before}::text || named.identity || '@' || named.version from record named where named.id = ${id})`
}
