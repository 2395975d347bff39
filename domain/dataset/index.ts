export * from './columns-of.ts'
export * from './dataset.ts'
export * from './records-tables.ts'
export * from './reading/index.ts'
