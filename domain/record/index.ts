export * from './publish-records.ts'
export * from './record.ts'
export type * from './record-queries.ts'
export type * from './record-source.ts'
