import type { FeatureSpec } from '@strata/domain/registry'
import { isJsonObject, nearMatch, wrongForColumn, type ColumnType, type Json, type JsonObject } from '@strata/domain/shared'

/** A row's values in the order of its contract's columns; null where there is none. */
export type FeatureRow = readonly Json[]
export type CheckedRows = { readonly ok: true; readonly rows: readonly FeatureRow[] } | { readonly ok: false; readonly reason: string }

export interface ContractColumn {
  readonly name: string
  readonly type: ColumnType
  readonly required: boolean
}

/** Checks all that a hook says of one record against its contract. The first breach is the reason; no row survives it. */
export function checkRows(features: Json, spec: FeatureSpec): CheckedRows {
  const rows = isList(features) ? features : [features]
  const one = spec.kind === 'vocabulary' || spec.cardinality === 'ONE'
  if (!one && !isList(features)) return broken(`"features" should be a list of rows.`)
  if (one && rows.length > 1) return broken(`There are ${rows.length} rows; this hook gives one row per record.`)
  const columns = contractColumns(spec)
  const checked: FeatureRow[] = []
  for (const [i, row] of rows.entries()) {
    const fault = isJsonObject(row) ? wrongRow(row, columns) : 'is no object with columns'
    if (fault !== undefined) return broken(`Row ${i + 1} ${fault}.`)
    if (isJsonObject(row)) checked.push(columns.map(({ name }) => valueOf(row, name)))
  }
  return { ok: true, rows: checked }
}

/** What a hook classifies is text of its vocabulary's; how sure it is, is its own affair. */
const vocabularyColumns: readonly ContractColumn[] = [
  { name: 'value', type: 'TEXT', required: true },
  { name: 'confidence', type: 'NUMBER', required: false },
]

export function contractColumns(spec: FeatureSpec): readonly ContractColumn[] {
  return spec.kind === 'table' ? spec.columns : vocabularyColumns
}

function wrongRow(row: JsonObject, columns: readonly ContractColumn[]): string | undefined {
  let known = 0
  for (const { name, type, required } of columns) {
    if (Object.hasOwn(row, name)) known += 1
    const value = valueOf(row, name)
    if (value === null) {
      if (required) return `has no "${name}", which is required`
      continue
    }
    const fault = wrongForColumn(value, type)
    if (fault !== undefined) return `has a wrong "${name}": it ${fault}`
  }
  return known === Object.keys(row).length ? undefined : unknownColumn(row, columns)
}

function unknownColumn(row: JsonObject, columns: readonly ContractColumn[]): string {
  const names = new Set(columns.map(({ name }) => name))
  const name = (Object.keys(row).find((key) => !names.has(key)) ?? '').slice(0, 80)
  const near = nearMatch(name, names)
  return `has "${name}", which is no column of this hook${near === undefined ? '' : ` (did you mean "${near}"?)`}`
}

/** Own properties only: a column called "constructor" is not found on the prototype. */
function valueOf(row: JsonObject, name: string): Json {
  return Object.hasOwn(row, name) ? (row[name] ?? null) : null
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function broken(reason: string): CheckedRows {
  return { ok: false, reason }
}
