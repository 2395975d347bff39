export * from './module/index.ts'
export * from './oci/index.ts'
export * from './shared/index.ts'
