import { createServer, type Server, type Socket } from 'node:net'
import { once } from 'node:events'
import { digestOf } from '@strata/domain/shared'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRuns } from '../runs/open-runs.ts'
import { isContainerEngineInstalled } from '../support/container-engine.ts'
import { callEngine } from '../support/engine-call.ts'
import { mebi, namedRegistries, openOciBench, type OciBench } from '../support/oci-bench.ts'
import { eventually } from '../support/eventually.ts'

type Runs = Awaited<ReturnType<typeof openRuns>>

describe.skipIf(!isContainerEngineInstalled())('images that cost more than they should', () => {
  let bench: OciBench
  beforeAll(async () => {
    bench = await openOciBench()
  })
  afterAll(() => bench[Symbol.asyncDispose]())

  const configOf = ({ config }: Runs) => ({
    ...config,
    runner: 'oci' as const,
    ociSockets: [bench.socket],
    ociImages: { maxImageBytes: 2 ** 30, pullSeconds: 600, answerSeconds: 600 },
    runs: { ...config.runs, concurrency: 1, perHook: 1 },
  })
  const has = (image: string) =>
    callEngine(bench.socket, { path: `/images/${image}/json` }).then(
      () => true,
      () => false,
    )

  test('a small layer that unpacks to much more is removed again, and the run’s failure names the limit', async () => {
    const bomb = await bench.images.withZeros(120)
    await bench.images.forget(bomb)
    const runner = bench.runnerWith({ images: { maxImageBytes: 64 * mebi, pullSeconds: 60, answerSeconds: 60 } })
    const done = await runner.run(await bench.job(bomb), { signal: new AbortController().signal })
    expect(done.failure).toMatchObject({
      kind: 'IMAGE_PULL',
      message: expect.stringMatching(/more than 67108864 bytes when unpacked.*STRATA_OCI_MAX_IMAGE/),
    })
    expect(done.artifact).toBeUndefined()
    expect(await has(`${bomb.image.replace(/:1$/, '')}@${bomb.digest}`)).toBe(false)
    // With a higher limit it runs.
    expect((await bench.run(bomb)).failure).toBeUndefined()
  })

  test('a pull stops when the layers are too large on the wire', async () => {
    const image = await bench.images.withZeros(1)
    await bench.images.forget(image)
    const runner = bench.runnerWith({ images: { maxImageBytes: 10_000, pullSeconds: 60, answerSeconds: 60 } })
    const done = await runner.run(await bench.job(image), { signal: new AbortController().signal })
    expect(done.failure).toMatchObject({ kind: 'IMAGE_PULL', message: expect.stringContaining('more than 10000 bytes') })
  })

  test('a pull from a registry that never answers is aborted, and all runs that wait for an image share one pull', async () => {
    await using registry = await startTarpit()
    const runner = bench.runnerWith({
      registries: namedRegistries(registry.host),
      images: { maxImageBytes: 2 ** 30, pullSeconds: 60, answerSeconds: 3 },
    })
    const { runtime } = await bench.job({ image: `${registry.host}/group/hook:1`, digest: digestOf('nothing') })
    const waiting = Array.from({ length: 10 }, () => runner.prepare?.(runtime, new AbortController().signal))
    for (const prepared of await Promise.all(waiting)) {
      expect(prepared).toMatchObject({
        failure: { kind: 'UPSTREAM', message: expect.stringContaining('did not answer within 3 s') },
        runnerAway: false,
      })
    }
    expect(registry.connections()).toBeLessThanOrEqual(connectionsPerPull)
  })

  test('a registry that never answers blocks only its own runs, and these can be cancelled', async () => {
    await using registry = await startTarpit()
    const present = await bench.images.shell(
      `sed -n 's/.*"id":"\\([^"]*\\)".*/{"id":"\\1","features":[{"value":1}]}/p' $OSA_IN/records.jsonl > $OSA_OUT/features.jsonl`,
    )
    await using archive = await openRuns(undefined, [
      { name: 'stuck', image: { image: `${registry.host}/group/hook:1`, digest: digestOf('nothing') } },
      { name: 'contained', image: present },
      { name: 'modular', source: 'export default () => [{ value: 2 }]' },
    ])
    // One place for runs, and a registry without a time limit.
    await archive.work({ config: configOf(archive) })
    await archive.publishApart(4)
    await eventually(() => expect(registry.connections()).toBeGreaterThan(0))
    const ended = await archive.ended(8, 150_000)
    expect(ended.filter(({ hook }) => hook !== 'stuck').map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 'PASSED'))
    const stuck = ended.filter(({ hook }) => hook === 'stuck')
    expect(stuck.map(({ status, leases }) => [status, leases])).toEqual(Array.from({ length: 4 }, () => ['QUEUED', 0]))
    for (const { id } of stuck) await archive.cancel(id)
    expect((await archive.ended(12)).filter(({ status }) => status === 'CANCELLED')).toHaveLength(4)
  })
})

/** An engine tries TLS first and then plain HTTP. */
const connectionsPerPull = 2

/** Accepts connections and never sends anything. */
async function startTarpit() {
  const sockets = new Set<Socket>()
  let connections = 0
  const server: Server = createServer((socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('it listens nowhere')
  return {
    host: `127.0.0.1:${address.port}`,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
