import { afterEach, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { createLogger } from '../telemetry/index.ts'
import type { Lifetime, Reads } from './caching.ts'
import { createHttpApp } from './index.ts'

let app: FastifyInstance
afterEach(async () => app.close())

async function saidOf(reads: Reads, path: string): Promise<unknown> {
  app = createHttpApp({ log: createLogger({ level: 'silent', format: 'json' }, 'test'), maxBodyBytes: 1_000, reads })
  app.get<{ Params: { lifetime: Lifetime } }>('/good-for/:lifetime', async ({ params }, reply) => reply.goodFor(params.lifetime).send('x'))
  app.get('/silent', async () => 'x')
  app.get('/elsewhere', async (_request, reply) => reply.header('cache-control', 'public, max-age=60').send('x'))
  app.get('/not-private', async (_request, reply) => reply.header('cache-control', 'max-age=60, not-private').send('x'))
  app.get('/broken', async (_request, reply) => {
    reply.goodFor('always')
    throw new Error('broken')
  })
  // Over a connection: an injected request has none, and the deadline of its body would outlive the test.
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return (await fetch(`${url}${path}`)).headers.get('cache-control')
}

test.each<[Lifetime, inPublic: string, inPrivate: string]>([
  ['always', 'public, max-age=31536000, immutable', 'private, no-cache'],
  ['until changed', 'no-cache', 'private, no-cache'],
  ['a minute', 'private, max-age=60', 'private, no-store'],
  ['once', 'no-store', 'no-store'],
  ['unpublished', 'private, no-store', 'private, no-store'],
])('the lifetime "%s" gives "%s", and in a private archive "%s"', async (lifetime, inPublic, inPrivate) => {
  const path = `/good-for/${encodeURIComponent(lifetime)}`
  expect(await saidOf('public', path)).toBe(inPublic)
  await app.close()
  expect(await saidOf('private', path)).toBe(inPrivate)
})

test.each(['/silent', '/broken', '/nothing', '/%zz'])('%s sets no lifetime or fails, and is not cached', async (path) => {
  for (const reads of ['public', 'private'] as const) {
    expect(await saidOf(reads, path)).toBe('no-store')
    await app.close()
  }
})

test('a public archive passes a service’s cache header on, and a private one restricts it to the reader', async () => {
  expect(await saidOf('public', '/elsewhere')).toBe('public, max-age=60')
  await app.close()
  expect(await saidOf('private', '/elsewhere')).toBe('private, no-cache')
  await app.close()
  expect(await saidOf('private', '/not-private')).toBe('private, no-cache')
})
