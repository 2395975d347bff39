/** The types that columns of metadata and feature tables have. */
const columnTypes = ['TEXT', 'NUMBER', 'INTEGER', 'BOOLEAN', 'DATE', 'DATETIME', 'UUID', 'JSON'] as const
export type ColumnType = (typeof columnTypes)[number]
