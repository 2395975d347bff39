import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hookInput, manifestWithHooks } from '../runs/manifest.ts'
import { credentialsIn, startNodeProcess, type RunningNode } from '../standalone/running-node.ts'
import { graphqlClient } from '../support/graphql-client.ts'
import { createTestDatabase, temporaryDirectory } from '../support/index.ts'
import { isRadosGatewayInstalled, startRadosGateway } from '../support/radosgw.ts'
import { isRedisInstalled, startRedisServer } from '../support/redis-server.ts'
import { openSeverable, type Severable } from '../support/severable.ts'

const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
const publish = 'mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }'
const waiting = { timeout: 60_000, interval: 200 }
const allowedMs = 10_000

interface Dependency extends AsyncDisposable {
  readonly settings: Record<string, string>
  /** How it goes away, by name; each returns what brings it back. */
  readonly ways: Readonly<Record<string, () => Promise<() => Promise<void>>>>
}

const dependencies = {
  redis: { isThere: isRedisInstalled, open: openRedis, why: 'Redis at' },
  postgres: { isThere: () => true, open: openPostgres, why: 'DATABASE_URL' },
  s3: { isThere: isRadosGatewayInstalled, open: openS3, why: undefined },
} as const

describe.each(Object.entries(dependencies))('a node whose %s is away', (_name, { isThere, open, why }) => {
  test.runIf(isThere())('in mid-operation goes on by itself when it is back', { timeout: 240_000 }, async () => {
    await using dependency = await open()
    await using data = await temporaryDirectory()
    await using node = startNodeProcess(data.path, { STRATA_LOG_FORMAT: 'json', ...dependency.settings })
    await node.wrote('Ctrl-C stops the node.')
    const { url, token } = credentialsIn(data.path)
    const ask = graphqlClient(url, token)
    expect((await ask(deploy, { input: manifestWithHooks([hookInput({})]) })).errors).toEqual([])
    let nth = 0
    for (const goAway of Object.values(dependency.ways)) {
      const record = { sourceId: `r${++nth}`, metadata: { n: nth } }
      const input = { convention: 'numbers', source: { import: { sourceNode: 'here' } }, records: [record] }
      const comeBack = await goAway()
      await expect.poll(async () => (await fetch(`${url}/readyz`)).status, waiting).toBe(503)
      const published = ask(publish, { input })
      await comeBack()
      await expect.poll(async () => (await fetch(`${url}/readyz`)).status, waiting).toBe(200)
      await published.catch(() => {})
      await expect.poll(async () => (await ask(publish, { input })).errors, waiting).toEqual([])
      await expect
        .poll(async () => (await ask('{ rows(convention: "numbers", table: "doubled") { totalCount } }')).data?.rows.totalCount, waiting)
        .toBe(nth)
    }
  })

  test.runIf(isThere())('stops within ten seconds, and lets go of its directory', { timeout: 240_000 }, async () => {
    await using dependency = await open()
    for (const [way, goAway] of Object.entries(dependency.ways)) {
      await using data = await temporaryDirectory()
      await using node = startNodeProcess(data.path, { STRATA_LOG_FORMAT: 'json', ...dependency.settings })
      await node.wrote('Ctrl-C stops the node.')
      const comeBack = await goAway()
      await endsInTime(node, way)
      expect(existsSync(join(data.path, 'node.lock'))).toBe(false)
      await comeBack()
    }
  })

  // S3 is not asked at the start, so there is no such test of it.
  if (why !== undefined)
    test.runIf(isThere())('at the start ends with a sentence that names the setting', { timeout: 240_000 }, async () => {
      await using dependency = await open()
      for (const goAway of Object.values(dependency.ways)) {
        await using data = await temporaryDirectory()
        const comeBack = await goAway()
        const node = startNodeProcess(data.path, dependency.settings)
        expect(await node.ended).toBe(1)
        expect(node.output()).toContain(why)
        expect(node.output()).not.toMatch(/^ {4}at /m)
        expect(existsSync(join(data.path, 'node.lock'))).toBe(false)
        await comeBack()
        await using again = startNodeProcess(data.path, dependency.settings)
        await again.wrote('Ctrl-C stops the node.')
      }
    })
})

async function endsInTime(node: RunningNode, way: string): Promise<void> {
  const began = performance.now()
  node.process.kill('SIGTERM')
  expect([way, await node.ended], node.output()).toEqual([way, 0])
  expect(performance.now() - began).toBeLessThan(allowedMs)
}

async function openRedis(): Promise<Dependency> {
  const redis = await startRedisServer()
  const way = await openSeverable()
  const settings = { REDIS_URL: way.through(redis.url) }
  const frozen = async () => {
    redis.freeze()
    return async () => redis.thaw()
  }
  return {
    settings,
    ways: { severed: severed(way), frozen },
    [Symbol.asyncDispose]: async () => void (await Promise.all([way.sever(), redis.stop()])),
  }
}

async function openPostgres(): Promise<Dependency> {
  const database = await createTestDatabase()
  const way = await openSeverable()
  const settings = { DATABASE_URL: way.through(database.url) }
  return {
    settings,
    ways: { severed: severed(way) },
    async [Symbol.asyncDispose]() {
      await way.sever()
      await database[Symbol.asyncDispose]()
    },
  }
}

async function openS3(): Promise<Dependency> {
  const store = await startRadosGateway()
  const way = await openSeverable()
  const { endpoint, bucket, accessKeyId, secretAccessKey } = store
  const settings = {
    STRATA_STORAGE: 's3',
    S3_ENDPOINT: way.through(endpoint).replace(/\/$/, ''),
    S3_BUCKET: bucket,
    S3_ACCESS_KEY_ID: accessKeyId,
    S3_SECRET_ACCESS_KEY: secretAccessKey,
  }
  return {
    settings,
    ways: { severed: severed(way) },
    async [Symbol.asyncDispose]() {
      await way.sever()
      await store[Symbol.asyncDispose]()
    },
  }
}

function severed(way: Severable) {
  return async () => {
    await way.sever()
    return () => way.mend()
  }
}
