export { createTestDatabase, createEmptyDatabase, type TestDatabase } from './database.ts'
export { temporaryDirectory } from './temporary-directory.ts'
