import { randomUUID } from 'node:crypto'
import { migrationsDirectory } from '@strata/prisma/migrations'
import type { Client } from 'pg'
import { firstConnection, missingRights } from './first-connection.ts'
import { pendingMigrations, readHistory } from './migration-history.ts'
import { readMigrations, type Migration } from './migration-files.ts'
import { DatabaseSetupError } from './setup-error.ts'

/**
 * Applies this code's pending migrations, each in its own transaction, and records them in Prisma's table in Prisma's format, so that
 * its command line works too. Several processes may start at once: one migrates, and the others wait and find nothing
 * to do.
 */
export async function migrate(url: string, directory = migrationsDirectory): Promise<{ applied: readonly string[] }> {
  const migrations = await readMigrations(directory)
  const client = await firstConnection(url, 'strata migrate')
  try {
    await waitForTurn(client)
    const pending = pendingMigrations(migrations, await readHistory(client))
    for (const migration of pending) await apply(client, migration)
    return { applied: pending.map(({ name }) => name) }
  } catch (error) {
    throw missingRights(error, url) ?? error
  } finally {
    // Closing the connection releases the lock.
    await client.end()
  }
}

/** The same lock as Prisma's own `migrate deploy`, so that the two never run at the same time. */
const PRISMA_MIGRATE_LOCK = 72_707_369

/** Takes an advisory lock until the connection ends, so that only one process migrates or grants in this database. */
export async function waitForTurn(client: Client): Promise<void> {
  await client.query("SET lock_timeout = '10min'")
  await client.query('SELECT pg_advisory_lock($1)', [PRISMA_MIGRATE_LOCK]).catch((cause: unknown) => {
    throw new DatabaseSetupError(
      'Another process has been migrating this database for ten minutes. ' +
        'Look for "strata migrate" in pg_stat_activity, end it, and start again.',
      { cause },
    )
  })
  await client.query('RESET lock_timeout')
}

async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(sql)
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('COMMIT')
  } catch (cause) {
    await client.query('ROLLBACK')
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DatabaseSetupError(`The migration ${name} failed, and was rolled back: ${reason}`, { cause })
  }
}
