export * from './workspace/run-logs.ts'
export * from './workspace/run-workspace.ts'
