import { spawnSync } from 'node:child_process'
import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEmbeddedPostgres } from '@strata/infrastructure/postgres'
import { migrationsDirectory } from '@strata/prisma/migrations'
import { temporaryDirectory } from './temporary-directory.ts'

/**
 * Writes a migration from the existing migrations to the current schema: `pnpm --filter @strata/test migration <name>`.
 * Prisma compares the two in a temporary database, which the test support provides.
 */
const name = process.argv[2]
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  throw new Error('Name the migration by what it does, in small letters, digits and underscores: migration add_runs')
}

await using directory = await temporaryDirectory()
const server = await startEmbeddedPostgres({ dir: directory.path, durable: false })
try {
  const draft = join(directory.path, 'migration.sql')
  if (differs(server.url, draft)) {
    const folder = join(migrationsDirectory, `${timestamp()}_${name}`)
    await mkdir(folder)
    await copyFile(draft, join(folder, 'migration.sql'))
    console.log(`Read ${folder}/migration.sql, add what Prisma cannot express, and run "pnpm codegen".`)
  } else {
    console.log('The migrations lead to this schema already; there is nothing to write.')
  }
} finally {
  await server.stop()
}

/** Migrations are applied in the order of their names. */
function timestamp(): string {
  return new Date().toISOString().replace(/\D/g, '').slice(0, 14)
}

function differs(url: string, output: string): boolean {
  const prisma = fileURLToPath(new URL('../../prisma/engine/prisma.ts', import.meta.url))
  const flags = ['--from-migrations', 'migrations', '--to-schema', 'schema.prisma', '--script', '--exit-code', '--output', output]
  const { status } = spawnSync(process.execPath, [prisma, 'migrate', 'diff', ...flags], {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL: url },
  })
  if (status !== 0 && status !== 2) throw new Error(`"prisma migrate diff" ended with ${status}.`)
  return status === 2
}
