import type { ColumnType } from '@strata/domain/shared'

/** The shape of a dynamic table: a feature table or a typed metadata table. */
export interface TableShape {
  readonly schema: 'features' | 'metadata'
  readonly name: string
  readonly columns: readonly ShapeColumn[]
  readonly primaryKey: readonly string[]
  readonly indexes: readonly ShapeIndex[]
  readonly references: readonly ShapeReference[]
  /** Its rows are made by runs. Each names an existing run in `_run` and is immutable. */
  readonly rowsComeFromRuns?: boolean
}

/**
 * Columns that people name start with a letter; the table's own columns start with an underscore. So they never
 * collide.
 */
export interface ShapeColumn {
  readonly name: string
  readonly type: SqlType
  readonly required: boolean
}

export type SqlType = 'text' | 'double precision' | 'bigint' | 'integer' | 'boolean' | 'date' | 'timestamptz' | 'uuid' | 'jsonb'

export interface ShapeIndex {
  readonly name: string
  readonly columns: readonly string[]
  /** `gin` supports `@>` over jsonb, `search` full text over all columns; the default is a b-tree over `indexedExpression` of each. */
  readonly method?: 'gin' | 'search'
}

interface ShapeReference {
  readonly column: string
  readonly table: 'record' | 'hook_run'
  /** By default, PostgreSQL checks row by row. A trigger checks once per statement; otherwise COPY would take twice as long. */
  readonly enforcedBy?: 'trigger'
}

export const sqlTypes: Readonly<Record<ColumnType, SqlType>> = {
  TEXT: 'text',
  NUMBER: 'double precision',
  INTEGER: 'bigint',
  BOOLEAN: 'boolean',
  DATE: 'date',
  DATETIME: 'timestamptz',
  UUID: 'uuid',
  JSON: 'jsonb',
}
