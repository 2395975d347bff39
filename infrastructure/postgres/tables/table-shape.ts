import type { ColumnType } from '@strata/domain/shared'

/** The shape of a dynamic table. Feature tables and typed metadata tables are both one of these. */
export interface TableShape {
  readonly schema: 'features' | 'metadata'
  readonly name: string
  readonly columns: readonly ShapeColumn[]
  readonly primaryKey: readonly string[]
  readonly indexes: readonly ShapeIndex[]
  readonly references: readonly ShapeReference[]
  /** Its rows are made by runs: each names one that there is, in `_run`, and is never changed. */
  readonly rowsComeFromRuns?: boolean
}

/**
 * Columns that people name start with a letter; the table's own start with an underscore. So none of theirs can ever
 * hide one of ours.
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
  /** `gin` is for `@>` over jsonb, `search` for full text over all the columns; else it is a b-tree over `indexedExpression` of each. */
  readonly method?: 'gin' | 'search'
}

interface ShapeReference {
  readonly column: string
  readonly table: 'record' | 'hook_run'
  /** By PostgreSQL row by row, unless a trigger of ours looks once a statement: COPY would take twice as long otherwise. */
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
