import type pg from 'pg'
import type { Migration } from './migration-files.ts'
import { DatabaseSetupError } from './setup-error.ts'

export interface AppliedMigration {
  readonly name: string
  readonly checksum: string
  readonly finished: boolean
}

/** The migrations applied to this database. Rolled-back attempts are ignored. */
export async function readHistory(client: pg.Client): Promise<readonly AppliedMigration[]> {
  await client.query(TABLE)
  const { rows } = await client.query<AppliedMigration>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY started_at`,
  )
  return rows
}

/** Prisma's own definition of its table. */
const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`

/** The pending migrations. Refuses a database that this code's migrations did not create. */
export function pendingMigrations(migrations: readonly Migration[], history: readonly AppliedMigration[]): readonly Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const { name, checksum, finished } of history) {
    const ours = known.get(name)
    if (ours === undefined) {
      throw new DatabaseSetupError(
        `This database is newer than this code: it has the migration ${name}, which is unknown here. ` +
          'Start the version of Strata that wrote it, or a newer one.',
      )
    }
    if (!finished) {
      throw new DatabaseSetupError(
        `The migration ${name} was begun on this database and never finished. ` +
          'Repair what it left behind, then mark it with "prisma migrate resolve".',
      )
    }
    if (ours.checksum !== checksum) {
      throw new DatabaseSetupError(
        `The migration ${name} was changed after it had been applied to this database. ` +
          'Restore its file and put the change into a new migration.',
      )
    }
  }
  const done = new Set(history.map(({ name }) => name))
  return migrations.filter(({ name }) => !done.has(name))
}
