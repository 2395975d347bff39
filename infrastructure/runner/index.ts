export * from './module/index.ts'
export * from './shared/index.ts'
