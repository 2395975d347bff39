export * from './croissant.ts'
export * from './described-dataset.ts'
export * from './plain-words.ts'
