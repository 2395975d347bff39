import type { DataTable, RowKey, TableRow } from '@strata/domain/dataset'
import type { RecordId } from '@strata/domain/record'
import type { TableFeature, FeatureSpec } from '@strata/domain/registry'
import { pageOf, type HookName, type JsonObject, type Page, type PageRequest } from '@strata/domain/shared'
import { sql } from 'kysely'
import type { Database } from '../setup/connection.ts'
import { isEffectiveRow, isStaleRow, readEffective } from './reading/effective-rows.ts'
import { keptCoverage } from './reading/kept-counts.ts'

type Reading = Pick<Database, 'kysely' | 'prisma'>

/** One table for each hook of a convention that makes rows, in the order of its manifest. */
export async function featureTablesOf(database: Reading, conventions: readonly string[]): Promise<Map<string, DataTable[]>> {
  const rows = await database.prisma.conventionHook.findMany({
    where: { convention: { in: [...conventions] } },
    include: { hookRow: true },
    orderBy: [{ convention: 'asc' }, { position: 'asc' }],
  })
  const counts = await keptCoverage(database, conventions)
  const tables = new Map<string, DataTable[]>()
  for (const { convention, hook, hookRow } of rows) {
    const feature = hookRow.feature as unknown as FeatureSpec
    if (feature.kind !== 'table') continue
    const rowCount = counts.get(`${convention}/${hook}`)?.rows ?? 0n
    tables.set(convention, [...(tables.get(convention) ?? []), { name: hook, columns: feature.columns, rowCount }])
  }
  return tables
}

/** The effective rows of a hook's table, in the order of publishing; undefined when the convention has no such table. */
export async function featureRowPage(
  database: Reading,
  convention: string,
  table: string,
  page: PageRequest<RowKey>,
): Promise<Page<TableRow> | undefined> {
  const hook = await tableHook(database, convention, table)
  if (hook === undefined) return undefined
  const [record, ordinal] = page.after?.split('.') ?? []
  const after = record === undefined ? sql`true` : sql`(row._record, row._ordinal) > (${record}::uuid, ${Number(ordinal ?? -1)})`
  const counting = await readEffective(database, { hook, convention })
  const { rows } = await sql<FeatureRowRow>`
    select row._run, row._record, row._ordinal, to_jsonb(row) - '{_run,_record,_ordinal,_version}'::text[] as values,
      ${isStaleRow(counting, 'row')} as stale
    from ${sql.id('features', hook)} row
    where ${after} and ${isEffectiveRow(counting, 'row')}
    order by row._record, row._ordinal
    limit ${page.first + 1}`.execute(database.kysely)
  return pageOf(rows.map((row) => toTableRow(hook, row)), page)
}

interface FeatureRowRow {
  readonly _run: string
  readonly _record: string
  readonly _ordinal: number
  readonly values: JsonObject
  readonly stale: boolean
}

function toTableRow(hook: HookName, { _run, _record, _ordinal, values, stale }: FeatureRowRow): TableRow {
  return { record: _record as RecordId, values, made: { hook, run: _run, ordinal: _ordinal, stale } }
}

async function tableHook({ prisma }: Reading, convention: string, table: string) {
  const found = await prisma.conventionHook.findUnique({ where: { convention_hook: { convention, hook: table } }, include: { hookRow: true } })
  if (found === null || !isTable(found.hookRow.feature as unknown as FeatureSpec)) return undefined
  return found.hook as HookName
}

function isTable(feature: FeatureSpec): feature is TableFeature {
  return feature.kind === 'table'
}
