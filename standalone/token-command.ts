import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Config } from '@strata/infrastructure/environment'
import { archiveIdentity } from '@strata/infrastructure/idp'
import { migrate, openDatabase, runningPostgres, startEmbeddedPostgres } from '@strata/infrastructure/postgres'
import { composeOperator, parseGrant } from '@strata/subgraphs'
import { claimDataDirectory, isHeld } from './data-directory.ts'
import { loadSecrets } from './secrets.ts'

/** `npm start -- token --subject ada --role CURATOR --days 90`: prints a token. The only check is that the user can log in to this machine. */
export async function tokenCommand(config: Config, words: readonly string[]): Promise<void> {
  const grant = parseGrant(readWords(words))
  await using parts = new AsyncDisposableStack()
  // Checked first, because this command itself holds the directory while it runs the node's database.
  const isNodeRunning = isHeld(config.dataDir)
  const databaseUrl =
    config.databaseUrl ?? (isNodeRunning ? await runningDatabase(config) : undefined) ?? (await ownDatabase(config, parts))
  // A running node has migrated its database, and the tables must not change under it.
  if (!isNodeRunning) await migrate(databaseUrl)
  const database = openDatabase({ url: databaseUrl, poolSize: 2, name: 'strata token' })
  parts.defer(() => database.close())
  const { sign } = archiveIdentity({ config, secret: loadSecrets(config).tokenSecret, loadRevoked: async () => [], report: () => {} })
  const issued = await composeOperator({ database, sign }).issue(grant, { operation: 'tokenCommand', actor: 'system:command' })
  // Only the token goes to standard output, so that it can be piped.
  process.stderr.write(`Token ${issued.id} for ${grant.subject}, valid until ${issued.expiresAt.toISOString()}. It is shown once:\n`)
  process.stdout.write(`${issued.token}\n`)
}

function readWords(words: readonly string[]) {
  const { values } = parseArgs({
    args: [...words],
    options: {
      subject: { type: 'string', default: '' },
      role: { type: 'string', multiple: true, default: [] },
      scope: { type: 'string', multiple: true, default: [] },
      days: { type: 'string', default: '30' },
    },
  })
  return { subject: values.subject, roles: values.role, scopes: values.scope, expiresInDays: Number(values.days) }
}

/** The database of the node that runs on this directory. */
function runningDatabase(config: Config): Promise<string | undefined> {
  return runningPostgres(join(config.dataDir, 'postgres'))
}

async function ownDatabase(config: Config, parts: AsyncDisposableStack): Promise<string> {
  const directory = claimDataDirectory(config.dataDir)
  parts.defer(() => directory.release())
  const postgres = await startEmbeddedPostgres({ dir: join(config.dataDir, 'postgres') })
  parts.defer(() => postgres.stop())
  return postgres.url
}
