import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { createLogger } from '../telemetry/index.ts'
import type { ConnectionLimits } from './connection-limits.ts'
import { createHttpApp } from './create-http-app.ts'

const megabytes = 'x'.repeat(20 * 2 ** 20)

test('headers that trickle in get an error at their deadline, and the connection closes although the client keeps its side open', async () => {
  await using app = await started({ headersMs: 500 })
  const began = performance.now()
  const clients = await Promise.all(Array.from({ length: 20 }, () => app.connect('GET / HTTP/1.1\r\nhost: a\r\n')))
  for (const client of clients) client.trickle()
  await expect.poll(() => app.connections(), { timeout: 30_000 }).toBe(0)
  expect(performance.now() - began).toBeGreaterThan(300)
  for (const { received } of clients) expect(received()).toMatch(/^HTTP\/1\.1 408 .*"code":"BAD_USER_INPUT"/s)
})

test('a client that connects and sends nothing is disconnected', async () => {
  await using app = await started({ headersMs: 500 })
  await app.connect('')
  await expect.poll(() => app.connections()).toBe(1)
  await expect.poll(() => app.connections(), { timeout: 30_000 }).toBe(0)
})

test('a body that trickles in ends at its deadline, and the connection closes', async () => {
  await using app = await started({ wholeBodyMs: 500 })
  const clients = await Promise.all(
    Array.from({ length: 20 }, () =>
      app.connect('POST /whole HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n'),
    ),
  )
  for (const client of clients) client.trickle()
  await expect.poll(() => app.connections(), { timeout: 30_000 }).toBe(0)
  for (const { received } of clients) expect(received()).toMatch(/^HTTP\/1\.1 408 /)
})

test('an answer sent before the body arrived does not keep the connection open either', async () => {
  await using app = await started({ wholeBodyMs: 500 })
  const client = await app.connect('POST /nowhere HTTP/1.1\r\nhost: a\r\ncontent-type: text/html\r\ncontent-length: 100000\r\n\r\n')
  client.trickle()
  await expect.poll(() => client.received()).toMatch(/^HTTP\/1\.1 404 /)
  await expect.poll(() => app.connections(), { timeout: 30_000 }).toBe(0)
  expect(client.received().match(/HTTP\/1\.1/g)).toHaveLength(1)
})

test('a client that never reads its answer is disconnected', async () => {
  await using app = await started({ silenceMs: 500 })
  const client = await app.connect('GET /large HTTP/1.1\r\nhost: a\r\n\r\n', { reads: false })
  await expect.poll(() => app.connections()).toBe(1)
  await expect.poll(() => app.connections(), { timeout: 30_000 }).toBe(0)
  client.socket.destroy()
})

test('a client that reads slowly gets its whole answer', async () => {
  await using app = await started({ silenceMs: 1_500 })
  const client = await app.connect('GET /large HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n', { reads: false })
  let bytes = 0
  let pauses = 0
  // Five pauses, each below the deadline, that add up to twice the deadline.
  client.socket.on('data', (piece) => {
    bytes += piece.length
    if (pauses === 5 || bytes < pauses * 3 * 2 ** 20) return
    pauses++
    client.socket.pause()
    setTimeout(() => client.socket.resume(), 600)
  })
  client.socket.resume()
  await once(client.socket, 'end')
  expect([pauses, bytes > megabytes.length]).toEqual([5, true])
})

test('an answer that the archive takes long to make does not time out', async () => {
  await using app = await started({ silenceMs: 200 })
  const client = await app.connect('GET /late HTTP/1.1\r\nhost: a\r\n\r\n')
  await expect.poll(() => client.received(), { timeout: 30_000 }).toMatch(/^HTTP\/1\.1 200 .*late$/s)
})

test('connections from one address are limited; a further one gets an error, and another is accepted when one has closed', async () => {
  await using app = await started({}, { most: 1_000, perAddress: 3, exemptLoopback: false, trustedProxies: undefined })
  const clients = await Promise.all([app.connect(''), app.connect(''), app.connect('')])
  await expect.poll(() => app.connections()).toBe(3)
  const tooMany = await app.connect('GET /late HTTP/1.1\r\nhost: a\r\n\r\n')
  await expect.poll(() => tooMany.received()).toMatch(/^HTTP\/1\.1 429 .*retry-after: .*"code":"RATE_LIMITED"/s)
  await expect.poll(() => app.connections(), { timeout: 30_000 }).toBe(3)
  clients[0]!.socket.destroy()
  await expect.poll(() => app.connections()).toBe(2)
  const admitted = await app.connect('GET /late HTTP/1.1\r\nhost: a\r\n\r\n')
  await expect.poll(() => admitted.received(), { timeout: 30_000 }).toMatch(/^HTTP\/1\.1 200 /)
})

test('connections of a trusted proxy are not counted', async () => {
  await using app = await started({}, { most: 1_000, perAddress: 1, exemptLoopback: false, trustedProxies: '10.0.0.1,127.0.0.0/8' })
  const clients = await Promise.all(Array.from({ length: 5 }, () => app.connect('GET /late HTTP/1.1\r\nhost: a\r\n\r\n')))
  for (const { received } of clients) await expect.poll(received, { timeout: 30_000 }).toMatch(/^HTTP\/1\.1 200 /)
})

test('closing waits neither for headers that trickle in nor for answers that the client does not read', async () => {
  const app = await started({ silenceMs: 60_000, headersMs: 60_000 })
  const slow = await app.connect('GET / HTTP/1.1\r\nhost: a\r\n')
  slow.trickle()
  await app.connect('GET /large HTTP/1.1\r\nhost: a\r\n\r\n', { reads: false })
  await expect.poll(() => app.connections()).toBe(2)
  await app[Symbol.asyncDispose]()
}, 30_000)

interface Client {
  readonly socket: Socket
  received(): string
  /** Sends one byte again and again, and never closes its side. */
  trickle(): void
}

async function started(deadlines: object, connections?: ConnectionLimits) {
  const log = createLogger({ level: 'silent', format: 'json' }, 'test')
  const app = createHttpApp({ log, maxBodyBytes: 1_000_000, reads: 'public', deadlines, ...(connections && { connections }) })
  app.post('/whole', async () => 'whole')
  app.get('/large', async () => megabytes)
  app.get('/late', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    return 'late'
  })
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  const open: Socket[] = []
  return {
    async connect(bytes: string, { reads = true } = {}): Promise<Client> {
      const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true }, () => socket.write(bytes))
      open.push(socket)
      socket.on('error', () => {})
      let text = ''
      if (reads) socket.on('data', (piece) => (text += String(piece)))
      await once(socket, 'connect')
      return {
        socket,
        received: () => text,
        trickle() {
          const every = setInterval(() => socket.write('x'), 50)
          socket.once('close', () => clearInterval(every))
        },
      }
    },
    connections: () =>
      new Promise<number>((resolve, reject) => app.server.getConnections((error, count) => (error ? reject(error) : resolve(count)))),
    async [Symbol.asyncDispose]() {
      await app.close()
      for (const socket of open) socket.destroy()
    },
  }
}
