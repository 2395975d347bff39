import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { version } from '@strata/infrastructure/environment'
import { expect, test } from 'vitest'
import { graphqlClient } from '../support/graphql-client.ts'
import { createEmptyDatabase, execute } from '../support/database.ts'
import { temporaryDirectory } from '../support/index.ts'
import { oldPostgresPrograms, startOldPostgres } from '../support/old-postgres.ts'
import { credentialsIn, startNodeProcess } from './running-node.ts'

const secrets = { STRATA_TOKEN_SECRET: 'x'.repeat(32), STRATA_GATEWAY_SECRET: 'x'.repeat(32) }

async function refused(settings: Record<string, string>, words: string[] = []): Promise<{ code: unknown; said: string; dataDir: string }> {
  await using data = await temporaryDirectory()
  const node = startNodeProcess(data.path, settings, words)
  const code = await node.ended
  expect(node.output()).not.toMatch(/^ {4}at |postgresql:/m)
  expect(existsSync(join(data.path, 'node.lock'))).toBe(false)
  return { code, said: node.output().trim(), dataDir: data.path }
}

test('a port in use is named by its setting, in every role and before anything is built', { timeout: 240_000 }, async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const port = String((taken.address() as AddressInfo).port)
  // Nothing answers at this address: the port is looked at first.
  const nowhere = { DATABASE_URL: 'postgresql://strata@127.0.0.1:1/strata' }
  const urls = ['conventions', 'registry', 'records', 'data'].map((name) => `${name}=http://127.0.0.1:1`).join()
  for (const role of ['node', 'records', 'worker', 'gateway']) {
    const { code, said } = await refused({ STRATA_PORT: port, STRATA_ROLE: role, STRATA_SUBGRAPHS: urls, ...nowhere, ...secrets })
    expect([role, code, said]).toEqual([
      role,
      1,
      `Port ${port} of 127.0.0.1 is in use by another program. Stop that one, or set STRATA_PORT to another port.`,
    ])
  }
  taken.close()
  expect((await refused({ STRATA_HOST: '192.0.2.1' })).said).toBe(
    'This machine has no address 192.0.2.1 to listen on. Correct STRATA_HOST.',
  )
})

test('the error for an unusable database is one sentence that names DATABASE_URL', { timeout: 400_000 }, async () => {
  await using database = await createEmptyDatabase()
  const name = new URL(database.url).pathname.slice(1)
  const role = `guest_${name}`
  await execute(database.url, `create role ${role} login password 'right'`)
  const { host } = new URL(database.url)
  const cases: [string, RegExp][] = [
    [
      'postgresql://strata:secret@127.0.0.1:1/strata',
      /^PostgreSQL at 127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)\. .* DATABASE_URL\.$/,
    ],
    [
      'postgresql://strata:secret@database.invalid/strata',
      /^PostgreSQL at database\.invalid cannot be reached \((ENOTFOUND|EAI_AGAIN)\)\. .* DATABASE_URL\.$/,
    ],
    [`postgresql://${role}:wrong@${host}/${name}`, new RegExp(`^PostgreSQL at ${host} does not let "${role}" sign in .* DATABASE_URL\\.$`)],
    [database.url.replace(name, 'absent'), new RegExp(`^PostgreSQL at ${host} has no database "absent"\\. .* DATABASE_URL\\.$`)],
    [
      `postgresql://${role}:right@${host}/${name}`,
      new RegExp(
        `^The role "${role}" of DATABASE_URL may not set up the database "${name}" .*\\. Make it the owner: ALTER DATABASE "${name}" OWNER TO "${role}"\\.$`,
      ),
    ],
  ]
  const roles = [{}, { STRATA_ROLE: 'data', ...secrets }, { STRATA_ROLE: 'worker', ...secrets }]
  for (const [i, [url, sentence]] of cases.entries()) {
    const { code, said } = await refused({ ...roles[i % roles.length], DATABASE_URL: url })
    expect([code, said]).toEqual([1, expect.stringMatching(sentence)])
  }
  await execute(database.url, `drop owned by ${role}; drop role ${role}`)
})

const old = oldPostgresPrograms()

test.skipIf(old === undefined)('an older PostgreSQL than the supported ones is refused', { timeout: 240_000 }, async () => {
  await using server = await startOldPostgres(old ?? '')
  const { code, said } = await refused({ DATABASE_URL: server.url })
  expect([code, said]).toEqual([1, expect.stringMatching(/^DATABASE_URL names PostgreSQL 1\d\.\d+.*, and Strata needs 18 or newer\. /)])
})

test('the error for a missing engine names its settings', { timeout: 120_000 }, async () => {
  const { code, said } = await refused({ STRATA_RUNNER: 'oci', STRATA_OCI_SOCKET: '/run/nothing/engine.sock' })
  expect(code).toBe(1)
  expect(said).toBe(
    'STRATA_RUNNER is "oci", and no container engine listens at /run/nothing/engine.sock. Start Docker or Podman, or name its socket in STRATA_OCI_SOCKET.',
  )
})

test('unknown commands are refused with the list of those there are, and --help prints it', { timeout: 240_000 }, async () => {
  const unknown = await refused({}, ['tokens'])
  expect(unknown.code).toBe(2)
  expect(unknown.said).toMatch(/^"tokens" is not a command\.\n[^]*npm start -- token /)
  for (const words of [['--help'], ['-h'], ['help']]) {
    const { code, said } = await refused({ STRATA_PORT: 'this is not looked at' }, words)
    expect(code).toBe(0)
    expect(said).toContain('npm start -- token --subject')
    expect(said).toContain('npm start -- sign-in')
  }
  expect((await refused({}, ['token', '--help'])).said).toContain('--days')
  const wrong = await refused({}, ['token', '--subjekt', 'ada'])
  expect([wrong.code, wrong.said]).toEqual([2, expect.stringContaining("'--subjekt'")])
  expect((await refused({}, ['--verbose'])).code).toBe(2)
})

test('the version is in the banner, at /readyz and in GraphQL', { timeout: 120_000 }, async () => {
  await using data = await temporaryDirectory()
  await using node = startNodeProcess(data.path)
  await node.wrote('Ctrl-C stops the node.')
  expect(node.output()).toContain(`Version    ${version}\n`)
  const { url } = credentialsIn(data.path)
  const report = (await (await fetch(`${url}/readyz`)).json()) as { version: string }
  expect(report.version).toBe(version)
  expect((await graphqlClient(url)('{ version }')).data).toEqual({ version })
})
