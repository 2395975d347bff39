import { BadUserInput, everyOf, parseColumnName, type ColumnName, type ColumnType } from '@strata/domain/shared'

/** Rows of typed columns, in the hook's own table. */
export interface TableFeature {
  readonly kind: 'table'
  readonly cardinality: FeatureCardinality
  readonly columns: readonly FeatureColumn[]
}

/** At most one row per record, or any number. */
export type FeatureCardinality = 'ONE' | 'MANY'

interface FeatureColumn {
  readonly name: ColumnName
  readonly type: ColumnType
  readonly required: boolean
  readonly description?: string
  readonly unit?: string
}

export interface TableFeatureInput {
  readonly cardinality: FeatureCardinality
  readonly columns: readonly FeatureColumnInput[]
}

interface FeatureColumnInput {
  readonly name: string
  readonly type: ColumnType
  readonly required: boolean
  readonly description?: string | null | undefined
  readonly unit?: string | null | undefined
}

const maxColumns = 500

export function parseTableFeature({ cardinality, columns }: TableFeatureInput, path: string): TableFeature {
  if (columns.length === 0) throw new BadUserInput('A table needs at least one column.', `${path}.columns`)
  if (columns.length > maxColumns) throw new BadUserInput(`A table has at most ${maxColumns} columns.`, `${path}.columns`)
  const seen = new Set<string>()
  return {
    kind: 'table',
    cardinality,
    columns: everyOf(columns, (column, i) => {
      const name = parseColumnName(column.name, `${path}.columns.${i}.name`)
      if (seen.has(name)) throw new BadUserInput(`The column "${name}" appears twice; names are unique.`, `${path}.columns.${i}.name`)
      seen.add(name)
      return {
        name,
        type: column.type,
        required: column.required,
        ...(column.description ? { description: column.description } : {}),
        ...(column.unit ? { unit: column.unit } : {}),
      }
    }),
  }
}

/** The changes between two contracts, in words. Descriptions and units are documentation and not compared. */
export function tableDifferences(was: TableFeature, is: TableFeature): string[] {
  const before = new Map(was.columns.map((column) => [column.name, column]))
  const after = new Set(is.columns.map((column) => column.name))
  const differences = was.cardinality === is.cardinality ? [] : [`cardinality was ${was.cardinality} and is ${is.cardinality}`]
  for (const { name } of was.columns) if (!after.has(name)) differences.push(`column "${name}" is missing`)
  for (const { name, type, required } of is.columns) {
    const column = before.get(name)
    if (column === undefined) differences.push(`column "${name}" is new`)
    else {
      if (column.type !== type) differences.push(`column "${name}" was ${column.type} and is ${type}`)
      if (column.required !== required) differences.push(`column "${name}" was ${needed(column.required)} and is ${needed(required)}`)
    }
  }
  return differences
}

function needed(required: boolean): string {
  return required ? 'required' : 'optional'
}
