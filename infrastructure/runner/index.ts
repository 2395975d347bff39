export * from './module/index.ts'
export * from './shared/index.ts'
export * from './workspace/run-logs.ts'
export * from './workspace/run-workspace.ts'
