export * from './columns-of.ts'
export type * from './dataset.ts'
export * from './records-tables.ts'
