import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { graphqlClient } from '../support/graphql-client.ts'
import { createTestDatabase, manifest, temporaryDirectory } from '../support/index.ts'
import { credentialsIn, startNodeProcess } from './running-node.ts'

const ready = 'Strata is ready'
const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'

test('a first start prints its addresses, and writes a credential that only its owner can read', async () => {
  await using data = await temporaryDirectory()
  await using node = startNodeProcess(data.path)
  await node.wrote('Ctrl-C stops the node.')
  const { url, token } = credentialsIn(data.path)
  expect(node.output()).toContain(`API        ${url}/graphql`)
  expect(node.output()).toContain(`Explorer   ${url}/graphql in a browser`)
  expect(node.output()).not.toContain(token)
  expect(node.output()).toMatch(new RegExp(`Sign in +${url}/sign-in\\?code=[\\w-]{43}\\n`))
  expect(new URL(url).hostname).toBe('127.0.0.1')
  expect(statSync(join(data.path, 'credentials.json')).mode & 0o777).toBe(0o600)
  expect(statSync(join(data.path, 'secrets/token')).mode & 0o777).toBe(0o600)

  const answer = await fetch(`${url}/readyz`)
  const parts = ['start', 'database', 'database for reading', 'queue (postgres)', 'storage'].map((name) => ({
    name,
    ready: true,
    detail: null,
  }))
  expect([answer.status, await answer.json()]).toEqual([200, { status: 'ready', version: expect.stringMatching(/^\d+\.\d+\.\d+/), parts }])
  const { data: who } = await graphqlClient(url, token)('{ viewer { kind subject roles } }')
  expect(who.viewer).toEqual({ kind: 'USER', subject: 'operator', roles: ['ADMIN'] })
})

test('with a public address, a start writes no credential and prints no link, and refuses the old ones', async () => {
  await using data = await temporaryDirectory()
  {
    await using local = startNodeProcess(data.path)
    await local.wrote(ready)
  }
  const { token } = credentialsIn(data.path)
  const command = startNodeProcess(data.path, { STRATA_PUBLIC_URL: 'https://archive.example.org' }, [
    'token',
    '--subject',
    'ada',
    '--role',
    'ADMIN',
  ])
  expect(await command.ended, command.output()).toBe(0)
  const minted = /^[\w-]+\.[\w-]+\.[\w-]+$/m.exec(command.output())?.[0] ?? ''

  await using node = startNodeProcess(data.path, { STRATA_PUBLIC_URL: 'https://archive.example.org' })
  await node.wrote(ready)
  expect(node.output()).not.toMatch(/sign-in|credentials/)
  expect(existsSync(join(data.path, 'credentials.json'))).toBe(false)
  const url = /API +(http:\S+)\/graphql/.exec(node.output())?.[1] ?? ''
  expect((await graphqlClient(url, token)('{ viewer { subject } }')).status).toBe(401)
  expect((await graphqlClient(url, minted)('{ viewer { subject roles } }')).data).toEqual({ viewer: { subject: 'ada', roles: ['ADMIN'] } })
})

test('a token may be made before the first start: the command makes the database', async () => {
  await using data = await temporaryDirectory()
  const command = startNodeProcess(data.path, {}, ['token', '--subject', 'ada'])
  expect(await command.ended, command.output()).toBe(0)
  expect(command.output()).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/m)
})

test('Ctrl-C stops it cleanly, and a second start on its directory is refused while it runs', async () => {
  await using data = await temporaryDirectory()
  const node = startNodeProcess(data.path)
  await node.wrote(ready)
  const { url } = credentialsIn(data.path)

  const second = startNodeProcess(data.path)
  expect(await second.ended).toBe(1)
  expect(second.output()).toContain(`Another node (process ${node.process.pid}) is running on ${data.path}.`)
  expect(second.output()).not.toContain('    at ')

  node.process.kill('SIGINT')
  expect(await node.ended).toBe(0)
  expect(node.output()).toContain('Stopped.')
  await expect(fetch(`${url}/readyz`)).rejects.toThrow()
})

test('after kill -9 the next start works, and no acknowledged write is lost', async () => {
  await using data = await temporaryDirectory()
  const node = startNodeProcess(data.path)
  await node.wrote(ready)
  const before = credentialsIn(data.path)
  await graphqlClient(before.url, before.token)(deploy, { input: manifest() })
  node.process.kill('SIGKILL')
  expect(await node.ended).toBe('SIGKILL')

  await using next = startNodeProcess(data.path)
  await next.wrote(ready)
  const after = credentialsIn(data.path)
  expect(after.token).toBe(before.token)
  const { data: answer } = await graphqlClient(after.url)('{ convention(slug: "proteins") { title } }')
  expect(answer).toEqual({ convention: { title: 'Protein structures' } })
})

test('its own database is read with a role that can only read', async () => {
  await using data = await temporaryDirectory()
  await using node = startNodeProcess(data.path, { STRATA_LOG_FORMAT: 'json', STRATA_LOG_LEVEL: 'debug' })
  await node.wrote(ready)
  expect(node.output()).toContain('"role":"strata_reader","msg":"datasets are read with a role that can only read"')
  expect(statSync(join(data.path, 'postgres/reader-password')).mode & 0o777).toBe(0o600)
  const { url, token } = credentialsIn(data.path)
  await graphqlClient(url, token)(deploy, { input: manifest() })
  const { data: answer } = await graphqlClient(url)(
    '{ dataset(convention: "proteins") { tables { name rowCount } } rows(convention: "proteins", table: "records") { totalCount } }',
  )
  expect(answer).toEqual({ dataset: { tables: [{ name: 'records', rowCount: 0 }] }, rows: { totalCount: 0 } })
})

test('reading with the owner role is logged, in a node and in a data service', async () => {
  await using data = await temporaryDirectory()
  await using database = await createTestDatabase()
  const secrets = { STRATA_TOKEN_SECRET: 'x'.repeat(32), STRATA_GATEWAY_SECRET: 'x'.repeat(32) }
  for (const role of [{}, { STRATA_ROLE: 'data', ...secrets }]) {
    await using node = startNodeProcess(data.path, { DATABASE_URL: database.url, ...role })
    await node.wrote('datasets are read with the role of DATABASE_URL in read-only sessions; set DATABASE_READ_URL')
    await node.wrote('ready')
  }
})

test('a role for reading that may do more is refused at start, in a node and in a data service', async () => {
  await using data = await temporaryDirectory()
  await using database = await createTestDatabase()
  const secrets = { STRATA_TOKEN_SECRET: 'x'.repeat(32), STRATA_GATEWAY_SECRET: 'x'.repeat(32) }
  for (const role of [{}, { STRATA_ROLE: 'data', ...secrets }]) {
    const node = startNodeProcess(data.path, { DATABASE_URL: database.url, DATABASE_READ_URL: database.url, ...role })
    expect(await node.ended).toBe(1)
    expect(node.output()).toContain('The role of DATABASE_READ_URL, "strata", may do more than reading needs: it is a superuser.')
    expect(node.output()).not.toMatch(/ {4}at |postgresql:/)
  }
})

test('a wrong setting is refused at start by its name', async () => {
  await using data = await temporaryDirectory()
  const node = startNodeProcess(data.path, { STRATA_PORT: 'http', STRATA_STORGE: 's3' })
  expect(await node.ended).toBe(1)
  expect(node.output()).toContain('STRATA_PORT is "http"; it should be')
  expect(node.output()).toContain('STRATA_STORGE is not a setting')
  expect(node.output()).not.toContain('    at ')
})

test('the domain cannot change after the first record', async () => {
  await using data = await temporaryDirectory()
  {
    await using node = startNodeProcess(data.path, { STRATA_DOMAIN: 'one.example.org' })
    await node.wrote(ready)
    const { url, token } = credentialsIn(data.path)
    const ask = graphqlClient(url, token)
    await ask(deploy, { input: manifest() })
    const records = [{ sourceId: '4hhb', metadata: { pdb_id: '4hhb' } }]
    const input = { convention: 'proteins', source: { import: { sourceNode: 'rcsb.org' } }, records }
    const { data: answer } = await ask('mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { results { srn } } }', {
      input,
    })
    expect(answer.publishRecords.results[0].srn).toMatch(/^urn:osa:one\.example\.org:rec:/)
  }
  const renamed = startNodeProcess(data.path, { STRATA_DOMAIN: 'two.example.org' })
  expect(await renamed.ended).toBe(1)
  expect(renamed.output()).toContain('set STRATA_DOMAIN=one.example.org')
})

test('one request id goes from the gateway to the worker that acts on it', async () => {
  await using data = await temporaryDirectory()
  await using node = startNodeProcess(data.path, { STRATA_LOG_FORMAT: 'json' })
  await node.wrote(ready)
  const { url, token } = credentialsIn(data.path)
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-request-id': 'request-12345' },
    body: JSON.stringify({ query: deploy, variables: { input: manifest() } }),
  })
  expect(response.headers.get('x-request-id')).toBe('request-12345')
  await node.wrote('convention deployed')
  const lines = node
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
  const ours = lines.filter(({ requestId }) => requestId === 'request-12345').map(({ msg }) => msg)
  expect(ours).toEqual(expect.arrayContaining(['request', 'convention deployed']))
})

test('is not ready before its credentials are written, and exports name its own address', { timeout: 60_000 }, async () => {
  await using data = await temporaryDirectory()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  await using node = startNodeProcess(data.path, { STRATA_PORT: String(port) })
  // Asked without a pause: whoever waits for it may ask at any moment.
  const status = () =>
    fetch(`${url}/readyz`).then(
      (answer) => answer.status,
      () => setTimeout(5, 0),
    )
  while (node.process.exitCode === null && (await status()) !== 200);
  expect(existsSync(join(data.path, 'credentials.json'))).toBe(true)
  const { token } = credentialsIn(data.path)
  await graphqlClient(url, token)(deploy, { input: manifest() })
  for (const format of ['prov.json', 'ro-crate.json', 'openlineage.json']) {
    const text = await (await fetch(`${url}/provenance/convention%3Aproteins.${format}`)).text()
    expect([format, text.includes(url), /https:\/\/localhost/.test(text)]).toEqual([format, true, false])
  }
})
