import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { get, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startGateway, type FixtureGateway } from './fixture/start-gateway.ts'

let gateway: FixtureGateway
beforeAll(async () => {
  gateway = await startGateway()
})
afterAll(async () => gateway[Symbol.asyncDispose]())

const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }

test('a browser gets GraphiQL, the same in every encoding', async () => {
  const [script = ''] = await assets()
  const plain = await visit(browser, script)
  const zipped = await visit({ ...browser, 'accept-encoding': 'gzip' }, script)
  const brotli = await visit({ ...browser, 'accept-encoding': 'gzip, deflate, br' }, script)
  expect([plain.status, plain.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8'])
  expect(plain.body.includes('query Conventions')).toBe(true)
  expect([zipped.headers['content-encoding'], brotli.headers['content-encoding']]).toEqual(['gzip', 'br'])
  expect(gunzipSync(zipped.body).equals(plain.body)).toBe(true)
  expect(brotliDecompressSync(brotli.body).equals(plain.body)).toBe(true)
  expect(brotli.body.length).toBeLessThan(3_000_000)
})

test('its page loads its own files alone, under a policy without inline scripts', async () => {
  const { status, headers, body } = await visit(browser)
  const html = body.toString()
  expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  expect(html.match(/<(script|link|img|iframe)\b[^>]*\b(src|href)="(https?:)?\/\//g)).toBeNull()
  expect(html.match(/<script(?! src="\/graphql\/explorer\/)/g)).toBeNull()
  const policy = String(headers['content-security-policy'])
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("frame-ancestors 'none'")
  for (const address of await assets()) expect((await visit(browser, address)).headers['cache-control']).toContain('immutable')
  expect((await visit(browser, '/graphql/explorer/other.js')).status).toBe(404)
})

test('a browser that has the page already is not sent it again', async () => {
  const headers = { ...browser, 'accept-encoding': 'br' }
  const { headers: first } = await visit(headers)
  const second = await visit({ ...headers, 'if-none-match': String(first.etag) })
  expect([second.status, second.body.length, second.headers.etag]).toEqual([304, 0, first.etag])
})

test('a program that accepts anything gets JSON', async () => {
  const { status, headers } = await visit({ accept: '*/*' })
  expect([status, headers['content-type']]).toEqual([400, expect.stringContaining('application/json')])
})

test('the root address redirects to the explorer', async () => {
  const response = await fetch(gateway.url, { redirect: 'manual' })
  expect([response.status, response.headers.get('location')]).toEqual([302, '/graphql'])
})

interface Visit {
  readonly status: number | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** The script and the style sheet that the page names. */
async function assets(): Promise<string[]> {
  const { body } = await visit(browser)
  return [...body.toString().matchAll(/"(\/graphql\/explorer\/[^"]+)"/g)].map((match) => match[1] ?? '').toReversed()
}

/** Not `fetch`, which would undo the encoding. */
function visit(headers: Record<string, string>, path = '/graphql'): Promise<Visit> {
  return new Promise((resolve, reject) => {
    get(`${gateway.url}${path}`, { headers }, async (response) => {
      const chunks: Buffer[] = await response.toArray()
      resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) })
    }).on('error', reject)
  })
}
