export * from './module/index.ts'
export * from './oci/index.ts'
export * from './shared/index.ts'
export * from './workspace/run-workspace.ts'
