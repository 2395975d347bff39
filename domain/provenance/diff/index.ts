export * from './change-bucket.ts'
export * from './diff-releases.ts'
export * from './release-diff.ts'
