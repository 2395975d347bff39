import type { ColumnName, Json, SchemaId } from '@strata/domain/shared'
import type { SchemaVersion } from './schema-version.ts'

/** Typed metadata fields. Immutable per id@version. */
export interface Schema {
  readonly id: SchemaId
  readonly version: SchemaVersion
  readonly title: string
  readonly fields: readonly SchemaField[]
}

export interface SchemaField {
  readonly name: ColumnName
  readonly type: FieldType
  readonly required: boolean
  readonly cardinality: FieldCardinality
  readonly description?: string
  readonly unit?: string
  readonly examples: readonly Json[]
  readonly constraints?: FieldConstraints
}

export type FieldType = 'TEXT' | 'NUMBER' | 'INTEGER' | 'BOOLEAN' | 'DATE' | 'DATETIME' | 'URL' | 'TERM'
export type FieldCardinality = 'ONE' | 'MANY'

export interface FieldConstraints {
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly min?: number
  readonly max?: number
  readonly vocabulary?: string
}

export interface SchemaRef {
  readonly id: SchemaId
  readonly version: SchemaVersion
}
