export * from './explain-row.ts'
export * from './record-history.ts'
export * from './stale-because.ts'
export * from './version-standing.ts'
