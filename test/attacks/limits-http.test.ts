import { request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answer, post } from '../gateway/fixture/ask.ts'
import { openArchive, type TestArchive } from '../support/index.ts'

let archive: TestArchive
beforeAll(async () => void (archive = await openArchive('one process', { STRATA_RECEIVE_DEADLINE: '500' })))
afterAll(() => archive[Symbol.asyncDispose]())

const viewer = '{ viewer { kind } }'
const alive = async () => expect((await archive.ask(viewer)).status).toBe(200)

async function refused(body: string) {
  const { status, body: answered } = await post(archive.url, body)
  await alive()
  return [status, answered.errors?.[0]?.extensions['code']]
}

describe('a body is refused that is', () => {
  test('a batch of operations', async () => {
    const batch = Array.from({ length: 1_000 }, () => ({ query: viewer }))
    expect(await refused(JSON.stringify(batch))).toEqual([400, 'QUERY_TOO_COMPLEX'])
    expect(await refused(JSON.stringify([{ query: viewer }]))).toEqual([400, 'QUERY_TOO_COMPLEX'])
  })

  test('nested a hundred thousand deep', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const query = 'query ($x: JSON) { viewer { kind } }'
    expect(await refused(`{"query":"${query}","variables":{"x":${deep}}}`)).toEqual([400, 'QUERY_TOO_COMPLEX'])
    expect(await refused(`{"query":"${query}","variables":{"x":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}}`)).toEqual([
      400,
      'QUERY_TOO_COMPLEX',
    ])
    expect(await refused(deep)).toEqual([400, 'QUERY_TOO_COMPLEX'])
    expect((await refused(`{"query":"${viewer}","extensions":{"x":${deep}}}`))[0]).toBeLessThan(500)
  })

  test('slow to arrive', async () => {
    const { text } = await raw(
      `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"query":`,
    )
    expect(text).toMatch(/^HTTP\/1\.1 408 /)
    expect(text).toContain('"code":"BAD_USER_INPUT"')
    await alive()
  })

  test('nested deeply outside metadata, which is checked record by record', async () => {
    const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
    const config = `{"metadata":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    const runtime = `{"module":{"source":"export {}","config":${config}}}`
    const hook = `{"name":"a","feature":{"table":{"columns":[]}},"release":{"sourceRef":"a","runtime":${runtime}}}`
    const input = `{"slug":"a","title":"a","description":"a","schema":{"id":"a","version":"1.0.0","fields":[]},"hooks":[${hook}]}`
    expect(await refused(`{"query":"${deploy}","variables":{"input":${input}}}`)).toEqual([400, 'QUERY_TOO_COMPLEX'])
  })
})

test('a key "__proto__" is an ordinary key and changes nothing', async () => {
  await refused(
    `{"query":"${viewer}","variables":{"__proto__":{"polluted":true}},"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}`,
  )
  expect('polluted' in {}).toBe(false)
})

describe('a key that is there twice', () => {
  test('counts once in a body: what is checked is what is run', async () => {
    const bomb = `{ ${'a: viewer { kind } '.repeat(1_000)} }`
    expect(await refused(`{"query":"${viewer}","query":"${bomb}"}`)).toEqual([400, 'QUERY_TOO_COMPLEX'])
    expect((await refused(`{"query":"${bomb}","query":"${viewer}"}`))[0]).toBe(200)
  })

  test('is refused in an address, an argument and an object', async () => {
    const url = `${archive.url}/graphql?query=${encodeURIComponent(viewer)}&query=${encodeURIComponent('{ records(first: 1e9) { totalCount } }')}`
    expect((await answer(await fetch(url, { headers: { 'apollo-require-preflight': '1' } }))).status).toBe(400)
    expect((await refused(JSON.stringify({ query: '{ records(first: 1, first: 2) { totalCount } }' })))[0]).toBe(400)
    expect(
      (await refused(JSON.stringify({ query: 'mutation { setLive(input: { hook: "a", hook: "b", version: 1 }) { hook { name } } }' })))[0],
    ).toBe(400)
  })
})

describe('headers are refused that are', () => {
  test('too long', async () => {
    const { text } = await raw(`GET /healthz HTTP/1.1\r\nhost: a\r\nx-pad: ${'x'.repeat(100_000)}\r\n\r\n`)
    expect(text).toMatch(/^HTTP\/1\.1 431 .*"code":"PAYLOAD_TOO_LARGE"/s)
    await alive()
  })

  test('too many', async () => {
    const many = Array.from({ length: 10_000 }, (_, i) => `x-${i}: 1\r\n`).join('')
    const { text } = await raw(`GET /healthz HTTP/1.1\r\nhost: a\r\n${many}\r\n`)
    expect(text).toMatch(/^HTTP\/1\.1 431 .*"code":"PAYLOAD_TOO_LARGE"/s)
    await alive()
  })

  test('sent by many at once', async () => {
    const floods = Array.from({ length: 50 }, () => raw(`GET /healthz HTTP/1.1\r\nhost: a\r\nx-pad: ${'x'.repeat(20_000)}\r\n\r\n`))
    for (const { text } of await Promise.all(floods)) expect(text).toMatch(/^HTTP\/1\.1 431 /)
    await alive()
  })
})

test('a mutation over GET is refused, whoever sends it', async () => {
  const mutation = 'mutation { setLive(input: { hook: "a", version: 1 }) { hook { name } } }'
  const url = `${archive.url}/graphql?query=${encodeURIComponent(mutation)}`
  expect((await fetch(url)).status).toBe(400)
  const response = await fetch(url, { headers: { 'apollo-require-preflight': '1' } })
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
})

test('limits hold for a query over GET, too', async () => {
  const query = encodeURIComponent(`query ($n: Int) { records(first: $n) { totalCount } }`)
  const url = `${archive.url}/graphql?query=${query}&variables=${encodeURIComponent('{"n":1000000000}')}`
  const { status, body } = await answer(await fetch(url, { headers: { 'apollo-require-preflight': '1' } }))
  expect([status, body.errors?.[0]?.extensions['code']]).toEqual([400, 'QUERY_TOO_COMPLEX'])
})

describe('a page of another site', () => {
  const send = (headers: Record<string, string>, o: { method?: string; path?: string; body?: string } = {}) =>
    new Promise<{ status: number | undefined; allowed: unknown }>((resolve, reject) => {
      const { method = 'POST', path = '/graphql', body = JSON.stringify({ query: viewer }) } = o
      const sent = request(new URL(path, archive.url), { method, headers: { origin: 'https://evil.example', ...headers } }, (response) => {
        response
          .resume()
          .on('end', () => resolve({ status: response.statusCode, allowed: response.headers['access-control-allow-origin'] }))
      })
      sent.on('error', reject).end(method === 'GET' || method === 'OPTIONS' ? undefined : body)
    })

  test('cannot send requests that need no CORS preflight: forms, plain text, images', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      expect(await send({ 'content-type': type })).toEqual({ status: 415, allowed: undefined })
    }
    expect((await send({}, { method: 'GET', path: `/graphql?query=${encodeURIComponent(viewer)}` })).status).toBe(400)
  })

  test('gets no CORS permission for other requests', async () => {
    const preflight = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' }
    expect(await send(preflight, { method: 'OPTIONS' })).toEqual({ status: 405, allowed: undefined })
  })

  test.each(['cross-site', 'same-site'])('that the browser calls %s is refused outright', async (site) => {
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': site, 'sec-fetch-mode': 'cors' }
    expect(await send(headers)).toEqual({ status: 403, allowed: undefined })
    expect(
      (await send({ ...headers, 'apollo-require-preflight': '1' }, { method: 'GET', path: `/graphql?query=${encodeURIComponent(viewer)}` }))
        .status,
    ).toBe(403)
    expect((await send({ ...headers, 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  })
})

/** Bytes as they are, and all that comes back until the connection ends. */
function raw(bytes: string): Promise<{ text: string }> {
  const { port, hostname } = new URL(archive.url)
  return new Promise((resolve) => {
    let text = ''
    const end = () => resolve({ text })
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    socket.on('data', (chunk) => (text += String(chunk))).on('close', end)
    // A server that has refused may reset what is still being sent.
    socket.on('error', () => socket.destroy())
  })
}
