export * from './invalid-output.ts'
export * from './keep-log.ts'
export * from './watch-output.ts'
