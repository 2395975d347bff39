import { setTimeout as pause } from 'node:timers/promises'
import { Conflict } from '@strata/domain/shared'
import type { FastifyInstance } from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { createLogger, currentRequestId } from '../telemetry/index.ts'
import { createHttpApp } from './index.ts'

let app: FastifyInstance
let lines: string[]
afterEach(async () => app.close())

async function listening(routes: (app: FastifyInstance) => void): Promise<string> {
  lines = []
  const log = createLogger({ level: 'info', format: 'json' }, 'test', { write: (line) => void lines.push(line) })
  app = createHttpApp({ log, maxBodyBytes: 1_000_000, reads: 'public' })
  routes(app)
  return app.listen({ host: '127.0.0.1', port: 0 })
}

test('a bug is a 500 with the request id and nothing internal; the log has the rest', async () => {
  const url = await listening((app) => {
    app.get('/', () => {
      throw new Error('password "hunter2" was not accepted by db.internal')
    })
  })
  const response = await fetch(url, { headers: { 'x-request-id': 'quote-this-one' } })
  expect([response.status, await response.json()]).toEqual([
    500,
    {
      errors: [
        {
          message: 'The archive had an internal error; quote request quote-this-one.',
          extensions: { code: 'INTERNAL', requestId: 'quote-this-one' },
        },
      ],
    },
  ])
  const logged = lines.map((line) => JSON.parse(line)).find((line) => line.level === 'error')
  expect(logged).toMatchObject({ requestId: 'quote-this-one', err: { message: expect.stringContaining('db.internal') } })
})

test('a refusal is answered with its code, its field and the status that fits', async () => {
  const url = await listening((app) => {
    app.get('/', () => {
      throw new Conflict('That slug is taken; choose another.', 'slug')
    })
  })
  const response = await fetch(url)
  expect(response.status).toBe(409)
  expect(await response.json()).toMatchObject({
    errors: [{ message: 'That slug is taken; choose another.', extensions: { code: 'CONFLICT', field: 'slug' } }],
  })
})

test('every request keeps its own id, through a body in pieces, through waiting, and on a connection used before', async () => {
  const url = await listening((app) => {
    app.post('/', async () => {
      const before = currentRequestId()
      await pause(5)
      return { before, after: currentRequestId() }
    })
  })
  const ids = Array.from({ length: 20 }, (_, i) => `request-${String(i).padStart(4, '0')}`)
  const sendAll = () => Promise.all(ids.map((id) => sendLargeBody(url, id)))
  const expected = ids.map((id) => ({ before: id, after: id }))
  expect(await sendAll()).toEqual(expected)
  expect(await sendAll()).toEqual(expected)
})

test('a request leaves one line, without its query string', async () => {
  const url = await listening((app) => {
    app.get('/things', { config: { parameters: ['token'] } }, () => ({}))
  })
  await fetch(`${url}/things?token=secret`).then((response) => response.text())
  const requests = () => lines.map((line) => JSON.parse(line)).filter((line) => line.path === '/things')
  await expect.poll(requests).toHaveLength(1)
  expect(requests()[0]).toMatchObject({ method: 'GET', status: 200, ms: expect.any(Number), requestId: expect.any(String) })
  expect(lines.join('')).not.toContain('secret')
})

async function sendLargeBody(url: string, id: string): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'x-request-id': id, 'content-type': 'application/json' },
    body: JSON.stringify({ pad: 'x'.repeat(300_000) }),
  })
  return response.json()
}
