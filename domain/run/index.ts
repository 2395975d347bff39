export * from './failure.ts'
export * from './hook-contract.ts'
export type * from './runner.ts'
