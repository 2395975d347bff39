import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive, type TestArchive } from '../support/index.ts'
import { sendRaw } from '../support/raw-http.ts'

let archive: TestArchive
let stranger: Stranger
beforeAll(async () => {
  archive = await openArchive('separate services')
  stranger = await listen()
})
afterAll(async () => {
  await archive?.[Symbol.asyncDispose]()
  stranger?.close()
})

interface Stranger {
  readonly origin: string
  /** The requests that arrived: their path, and the gateway's secret if they carried one. */
  readonly received: string[]
  close(): void
}

/** A foreign server that tries to receive a call from the gateway. */
async function listen(): Promise<Stranger> {
  const received: string[] = []
  const server = createServer((request, response) => {
    received.push(`${request.method} ${request.url} ${request.headers['x-strata-gateway'] ?? 'without the secret'}`)
    response.end('hello')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, close: () => server.close() }
}

const paths = [
  '/files',
  '/files/x',
  '/files/uploads',
  '/files/uploads/x',
  '/records/x/files/y',
  '/data/a/b',
  '/cite/x',
  '/provenance/x',
  '/llms.txt',
  '/runs/x/log',
  '/import/x',
]

describe('no request target makes the gateway call a foreign server', () => {
  test.each(paths)('below %s', async (path) => {
    for (const method of ['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE']) {
      const { host } = new URL(stranger.origin)
      for (const target of [
        `${stranger.origin}${path}`,
        `//${host}${path}`,
        `${stranger.origin}/files/%2e%2e/any/path`,
        `/files/@${host}/`,
        `/\\${host}${path}`,
      ]) {
        for (const named of ['localhost', host]) {
          const answer = await sendRaw(archive.url, [`${method} ${target} HTTP/1.1`, `host: ${named}`, 'content-length: 2'], '{}')
          expect([target, answer.status]).toEqual([target, expect.toSatisfy((status: number) => status === 400 || status === 404)])
        }
      }
    }
    expect(stranger.received).toEqual([])
  })
})

test('the listener records calls that reach it', async () => {
  await fetch(`${stranger.origin}/direct`, { headers: { 'x-strata-gateway': 'a secret' } })
  expect(stranger.received.splice(0)).toEqual(['GET /direct a secret'])
})
