import { once } from 'node:events'
import { request, type ClientRequest, type IncomingMessage } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { createLogger } from '../telemetry/index.ts'
import { createHttpApp } from './create-http-app.ts'

test('a body that is read as a whole has a deadline, and each request has a separate one', async () => {
  await using app = await started()
  const call = app.post('/whole', 'application/json')
  call.write('{"a":')
  const [response] = (await once(call, 'response')) as [IncomingMessage]
  expect(response.statusCode).toBe(408)
  expect(JSON.parse(await text(response))).toMatchObject({ errors: [{ message: expect.stringContaining('too long') }] })
})

test('a streamed body may take longer, as long as it makes progress', async () => {
  await using app = await started()
  const call = app.post('/streamed', 'text/plain')
  for (let i = 0; i < 6; i++) {
    call.write('x')
    await pause(150)
  }
  call.end()
  const [response] = (await once(call, 'response')) as [IncomingMessage]
  expect([response.statusCode, await text(response)]).toEqual([200, '6'])
})

test('a streamed body without progress is aborted', async () => {
  await using app = await started()
  const call = app.post('/streamed', 'text/plain')
  call.write('x')
  await expect(once(call, 'response')).rejects.toThrow('ECONNRESET')
})

async function started(): Promise<{ post(path: string, type: string): ClientRequest } & AsyncDisposable> {
  const log = createLogger({ level: 'silent', format: 'json' }, 'test')
  const app = createHttpApp({ log, maxBodyBytes: 1_000, reads: 'public', deadlines: { wholeBodyMs: 300, silenceMs: 600 } })
  app.addContentTypeParser('text/plain', (_request, body, done) => done(null, body))
  app.post('/whole', async () => 'whole')
  app.post('/streamed', { config: { hasLongBody: true } }, async ({ raw }) => String((await text(raw)).length))
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    post(path, type) {
      const call = request(new URL(path, url), { method: 'POST', headers: { 'content-type': type } })
      call.on('error', () => {})
      return call
    },
    [Symbol.asyncDispose]: () => app.close(),
  }
}
