import type { SchemaVersion } from '@strata/domain/convention'
import type { ReadableTable, RowId, TableRow } from '@strata/domain/dataset'
import type { SchemaId } from '@strata/domain/shared'
import { sql } from 'kysely'
import type { Database } from '../../session/connection.ts'
import { metadataTableName } from '../../tables/metadata-table.ts'
import { recordNames } from '../record-names.ts'
import { readableDatasets, readableHook } from './readable-dataset.ts'
import { selection, toTableRow, type SelectedRow } from './row-values.ts'
import { systemColumn, tableSql } from './table-sql.ts'

type Reading = Pick<Database, 'kysely' | 'prisma'>

/** Finds a row by its id, effective or not. */
export async function findRow(database: Reading, id: RowId): Promise<TableRow | undefined> {
  const record = id.kind === 'record' ? (await recordNames(database).idsOf([id.ref]))[0] : id.record
  if (record === undefined) return undefined
  const table = await (id.kind === 'record' ? tableOfRecord(database, record) : readableHook(database, id.hook))
  if (table === undefined) return undefined
  const made =
    id.kind === 'record'
      ? sql``
      : sql` and ${systemColumn('row', '_run')} = ${id.run}::uuid and ${systemColumn('row', '_ordinal')} = ${id.ordinal}`
  const stale = sql<boolean>`not exists (select from hook_run run join hook on hook.live_release_id = run.release_id where run.id = row._run)`
  const { rows } = await sql<SelectedRow>`select ${selection(table, 'row', stale, { haveVersions: true })} from ${tableSql(table)} as row
    where ${systemColumn('row', '_record')} = ${record}::uuid${made}`.execute(database.kysely)
  return rows[0] === undefined ? undefined : toTableRow(table, rows[0])
}

/** The current records table of the row's convention, with the columns of the newest version, as in `rows`. */
async function tableOfRecord(database: Reading, id: string): Promise<ReadableTable | undefined> {
  const record = await database.prisma.record.findUnique({ where: { id } })
  if (record === null) return undefined
  const own = metadataTableName({ id: record.schemaId as SchemaId, version: record.schemaVersion as SchemaVersion })
  const [dataset] = await readableDatasets(database, [record.convention])
  return dataset?.tables.find((table) => table.kind === 'records' && metadataTableName(table.schema) === own)
}
