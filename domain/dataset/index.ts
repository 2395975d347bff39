export * from './columns-of.ts'
export * from './dataset.ts'
