import { join } from 'node:path'
import { rm, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { createTestDatabase, temporaryDirectory } from '../support/index.ts'
import { isRedisInstalled, startRedisServer } from '../support/redis-server.ts'
import { openSeverable } from '../support/severable.ts'
import { startNodeProcess } from '../standalone/running-node.ts'

const shared = { STRATA_TOKEN_SECRET: 'x'.repeat(32), STRATA_GATEWAY_SECRET: 'y'.repeat(32), STRATA_LOG_FORMAT: 'json' }
const waiting = { timeout: 30_000, interval: 100 }

test.runIf(isRedisInstalled())(
  'every role tells at /readyz which of its parts is away, and the log has one line for each change',
  { timeout: 120_000 },
  async () => {
    await using parts = new AsyncDisposableStack()
    const directory = parts.use(await temporaryDirectory())
    const database = parts.use(await createTestDatabase())
    const redis = await startRedisServer()
    parts.defer(() => redis.stop())
    const [toDatabase, toRedis] = [parts.use(await openSeverable()), parts.use(await openSeverable())]
    const backed = { ...shared, DATABASE_URL: toDatabase.through(database.url), REDIS_URL: toRedis.through(redis.url) }

    async function start(role: string, settings: Record<string, string>) {
      const port = await freePort()
      const node = parts.use(startNodeProcess(join(directory.path, role), { ...settings, STRATA_ROLE: role, STRATA_PORT: String(port) }))
      const url = `http://127.0.0.1:${port}`
      await expect
        .poll(
          async () =>
            fetch(`${url}/readyz`).then(
              ({ status }) => status,
              () => 0,
            ),
          waiting,
        )
        .toBe(200)
      return { node, url, away: async () => awayIn(await (await fetch(`${url}/readyz`)).json()) }
    }
    const names = ['conventions', 'registry', 'records', 'data']
    const services: Record<string, Awaited<ReturnType<typeof start>>> = {}
    for (const name of names) services[name] = await start(name, backed)
    const worker = await start('worker', backed)
    const gateway = await start('gateway', {
      ...shared,
      STRATA_SUBGRAPHS: names.map((name) => `${name}=${services[name]?.url}/graphql`).join(),
    })

    await toRedis.sever()
    await expect.poll(worker.away, waiting).toEqual(['queue (redis)'])
    await toRedis.mend()
    await expect.poll(worker.away, waiting).toEqual([])

    const files = join(directory.path, 'records/files')
    await rm(files, { recursive: true })
    await writeFile(files, 'not a directory')
    await expect.poll(gateway.away, waiting).toEqual(['records'])
    const { parts: told } = (await (await fetch(`${gateway.url}/readyz`)).json()) as Report
    expect(told.find(({ name }) => name === 'records')).toEqual({
      name: 'records',
      ready: false,
      detail: 'It is not ready; storage: It does not answer (EEXIST).',
    })
    await rm(files)

    await toDatabase.sever()
    for (const each of [...Object.values(services), worker]) await expect.poll(each.away, waiting).toContain('database')
    await toDatabase.mend()
    for (const each of [...Object.values(services), worker, gateway]) await expect.poll(each.away, waiting).toEqual([])

    const { records } = services
    records?.node.process.kill('SIGKILL')
    await expect.poll(gateway.away, waiting).toEqual(['records'])

    const changes = worker.node
      .output()
      .split('\n')
      .filter((line) => /a part of this archive/.test(line))
      .map((line) => JSON.parse(line))
    const queueChanges = changes.filter(({ part }) => part === 'queue (redis)').map(({ msg }) => msg)
    expect(queueChanges).toEqual([
      'a part of this archive cannot serve; it will be checked again',
      'a part of this archive can serve again',
    ])
  },
)

interface Report {
  readonly parts: readonly { readonly name: string; readonly ready: boolean; readonly detail: string | null }[]
}

function awayIn({ parts }: Report): string[] {
  return parts.filter(({ ready }) => !ready).map(({ name }) => name)
}
