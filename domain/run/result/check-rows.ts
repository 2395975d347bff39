import type { FeatureSpec } from '@strata/domain/registry'
import { didYouMean, isJsonObject, listed, wrongForColumn, type ColumnType, type Json, type JsonObject } from '@strata/domain/shared'

/** A row's values in the order of the contract's columns; null for a missing value. */
export type FeatureRow = readonly Json[]
export type CheckedRows = { readonly ok: true; readonly rows: readonly FeatureRow[] } | { readonly ok: false; readonly reason: string }

export interface ContractColumn {
  readonly name: string
  readonly type: ColumnType
  readonly required: boolean
}

/** Checks a hook's output for one record against its contract. The first violation is the reason, and none of the rows are kept. */
export function checkRows(features: Json, spec: FeatureSpec): CheckedRows {
  const rows = isList(features) ? features : [features]
  const one = spec.kind === 'vocabulary' || spec.cardinality === 'ONE'
  if (!one && !isList(features)) {
    const got = isJsonObject(features) ? 'one object' : 'something else'
    return broken(
      `The hook returned ${got}, but its cardinality is MANY: return a list of rows, like [{ … }]. In features.jsonl, "features" is that list.`,
    )
  }
  if (one && rows.length > 1)
    return broken(`The hook returned ${rows.length} rows, but its cardinality is ONE: return one object, or declare the hook as MANY.`)
  const columns = contractColumns(spec)
  const checked: FeatureRow[] = []
  for (const [i, row] of rows.entries()) {
    const fault = isJsonObject(row) ? wrongRow(row, columns) : 'is not an object with columns'
    if (fault !== undefined) return broken(`Row ${i + 1} ${fault}${/[.?]$/.test(fault) ? '' : '.'}`)
    if (isJsonObject(row)) checked.push(columns.map(({ name }) => valueOf(row, name)))
  }
  return { ok: true, rows: checked }
}

/** The contract of a vocabulary hook: text values and a confidence. */
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
      if (!required) continue
      return Object.hasOwn(row, name)
        ? `has null in "${name}", which is required`
        : `has no "${name}", which is required; it has ${listed(Object.keys(row).map(shown))}`
    }
    const fault = wrongForColumn(value, type)
    if (fault !== undefined) return `has a wrong "${name}": it ${fault}`
  }
  return known === Object.keys(row).length ? undefined : unknownColumn(row, columns)
}

function unknownColumn(row: JsonObject, columns: readonly ContractColumn[]): string {
  const names = new Set(columns.map(({ name }) => name))
  const name = shown(Object.keys(row).find((key) => !names.has(key)) ?? '')
  return `has "${name}", which is not a column of this hook; its columns are ${listed(names)}.${didYouMean(name, names)}`
}

function shown(name: string): string {
  return name.slice(0, 80).toWellFormed()
}

/** Reads own properties only, so that a column called "constructor" is not found on the prototype. */
function valueOf(row: JsonObject, name: string): Json {
  return Object.hasOwn(row, name) ? (row[name] ?? null) : null
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function broken(reason: string): CheckedRows {
  return { ok: false, reason }
}
