export * from './find-touched.ts'
export * from './touched.ts'
