export * from './blast/index.ts'
export * from './diff/index.ts'
export * from './why/index.ts'
