import { migrationsDirectory } from '@strata/prisma/migrations'
import { pendingMigrations, readHistory } from './migration-history.ts'
import { readMigrations } from './migration-files.ts'
import { singleClient } from './outlive.ts'
import { DatabaseSetupError } from './setup-error.ts'

/** Refuses a database with pending migrations without changing it, for commands that may run beside the archive. */
export async function requireMigrated(url: string): Promise<void> {
  const migrations = await readMigrations(migrationsDirectory)
  const client = singleClient({ connectionString: url, application_name: 'strata look' })
  await client.connect()
  try {
    const { rows } = await client.query<{ exists: boolean }>(`select to_regclass('public._prisma_migrations') is not null as exists`)
    const pending = rows[0]?.exists === true ? pendingMigrations(migrations, await readHistory(client)) : migrations
    if (pending.length === 0) return
    throw new DatabaseSetupError(
      `The database does not match this version of Strata: ${pending.length} of its ${migrations.length} migrations are missing. Start the archive with this version once, and try again.`,
    )
  } finally {
    await client.end()
  }
}
