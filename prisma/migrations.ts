import { fileURLToPath } from 'node:url'

/** The directory of the migrations: one folder each, named `<timestamp>_<name>`, with its `migration.sql`. */
export const migrationsDirectory = fileURLToPath(new URL('migrations/', import.meta.url))
