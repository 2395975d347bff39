import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Runs Prisma's own command line with our schema engine in the place of the native one, which would be downloaded:
 * `node engine/prisma.ts generate`, `… migrate status`, `… migrate diff --from-migrations migrations …`.
 */
const folder = fileURLToPath(new URL('.', import.meta.url))
const cli = createRequire(import.meta.url).resolve('prisma/build/index.js')

const { status, error } = spawnSync(process.execPath, [cli, ...process.argv.slice(2)], {
  cwd: join(folder, '..'),
  stdio: 'inherit',
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: join(folder, 'schema-engine'),
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    // Generators that are packages are started by name.
    PATH: [join(folder, '..', 'node_modules', '.bin'), process.env['PATH']].join(delimiter),
  },
})
if (error) throw error
process.exitCode = status ?? 1
