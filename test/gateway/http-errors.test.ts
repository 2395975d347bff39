import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answer, ask, post, type Answer } from './fixture/ask.ts'
import { startGateway, tokens, type FixtureGateway } from './fixture/start-gateway.ts'

let gateway: FixtureGateway
beforeAll(async () => {
  gateway = await startGateway({ maxBodyBytes: 20_000 })
})
afterAll(async () => gateway[Symbol.asyncDispose]())

test('malformed JSON is a 400', async () => {
  const { status, body } = await post(gateway.url, '{"query": "{ books { title } }"')
  expect([status, body.errors?.[0]?.extensions['code']]).toEqual([400, 'BAD_USER_INPUT'])
  expect(body.errors?.[0]?.message).toBe('The request body is not valid JSON.')
})

test.each([
  ['an array', '[]'],
  ['an empty object', '{}'],
  ['a number', '1'],
  ['a query that is no text', '{"query":1}'],
])('%s as the body is a 400', async (_, text) => {
  const { status, body } = await post(gateway.url, text)
  expect([status, body.errors?.[0]?.extensions['code']]).toEqual([400, 'BAD_USER_INPUT'])
})

test('an empty body is a 400', async () => {
  const { status, body } = await post(gateway.url, '')
  expect([status, body.errors?.[0]?.extensions['code']]).toEqual([400, 'BAD_USER_INPUT'])
})

test('an unknown field is a 400 that says where', async () => {
  const { status, body } = await ask(gateway.url, '{ books { colour } }')
  expect(status).toBe(400)
  expect(body).toEqual({
    errors: [
      {
        message: 'Cannot query field "colour" on type "Book".',
        locations: [{ line: 1, column: 11 }],
        extensions: { code: 'BAD_USER_INPUT', requestId: expect.any(String) },
      },
    ],
  })
})

test('a document that does not parse is a 400', async () => {
  const { status, body } = await ask(gateway.url, '{ books {')
  expect([status, body.errors?.[0]?.extensions['code']]).toEqual([400, 'BAD_USER_INPUT'])
})

test('a variable that does not fit is a 400 with the path of the input', async () => {
  const variables = { input: { books: [{ isbn: '1', title: 5 }] } }
  const { status, body } = await ask(gateway.url, 'mutation ($input: AddBooksInput!) { addBooks(input: $input) }', { variables })
  expect([status, body.errors?.[0]?.extensions]).toEqual([
    400,
    expect.objectContaining({ code: 'BAD_USER_INPUT', field: 'input.books.0.title' }),
  ])
})

test('an oversized body is a 413, announced or not', async () => {
  const big = JSON.stringify({ query: '{ books { title } }', variables: { pad: 'x'.repeat(5_000_000) } })
  const announced = await post(gateway.url, big)
  expect([announced.status, announced.body.errors?.[0]?.extensions['code']]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
  expect(announced.body.errors?.[0]?.message).toContain('20000 bytes')

  const stream = { body: new Blob([big]).stream(), duplex: 'half' }
  const chunked = await answer(
    await fetch(`${gateway.url}/graphql`, { method: 'POST', ...stream, headers: { 'content-type': 'application/json' } }),
  )
  expect([chunked.status, chunked.body.errors?.[0]?.extensions['code']]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
})

test('a client that is still sending an oversized body can finish, and then reads the answer', async () => {
  const { port, hostname } = new URL(gateway.url)
  const socket = connect(Number(port), hostname)
  let received = ''
  socket.on('data', (chunk) => (received += String(chunk)))
  const half = 'x'.repeat(50_000)
  socket.write(`POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n${half}`)
  await pause(150)
  expect([received, socket.readableEnded]).toEqual(['', false])
  socket.write(half)
  await expect.poll(() => received).toMatch(/^HTTP\/1\.1 413 .*PAYLOAD_TOO_LARGE/s)
  socket.destroy()
})

test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])('a body of type %s is a 415', async (type) => {
  const { status, body } = await post(gateway.url, '{ "query": "{ books { title } }" }', { 'content-type': type })
  expect([status, body.errors?.[0]?.extensions['code']]).toEqual([415, 'BAD_USER_INPUT'])
})

test('an unknown address is a 404, in JSON for browsers too', async () => {
  const { status, body } = await answer(await fetch(`${gateway.url}/nothing?here=1`, { headers: { accept: 'text/html' } }))
  expect([status, body.errors?.[0]?.extensions['code']]).toEqual([404, 'NOT_FOUND'])
})

test('an address that cannot be decoded is a 400', async () => {
  const { status, body } = await answer(await fetch(`${gateway.url}/%E0%A4%A`))
  expect([status, body.errors?.[0]?.extensions['code']]).toEqual([400, 'BAD_USER_INPUT'])
})

test('a method that GraphQL does not have is a 405 that names those it has', async () => {
  const { status, headers } = await answer(await fetch(`${gateway.url}/graphql`, { method: 'PUT' }))
  expect([status, headers.get('allow')]).toEqual([405, 'GET, POST'])
})

test('a mutation over GET is a 405; a query over GET is served, unless a page of another site could have sent it', async () => {
  const preflighted = { 'apollo-require-preflight': 'true' }
  expect((await get('{ books { isbn } }', preflighted)).body).toEqual({ data: { books: [{ isbn: '1' }, { isbn: '2' }] } })
  expect((await get('mutation { find(by: { isbn: "1" }) { title } }', preflighted)).status).toBe(405)
  expect((await get('{ books { isbn } }', {})).status).toBe(400)
})

test('a batch of operations is refused', async () => {
  expect((await post(gateway.url, '[{"query":"{ books { title } }"}]')).status).toBe(400)
})

test.each([
  ['a token of somebody else', 'Bearer e30.e30.e30'],
  ['another scheme', 'Basic YTpi'],
  ['no token', 'Bearer'],
])('%s is a 401', async (_, authorization) => {
  const { status, body, headers } = await ask(gateway.url, '{ books { title } }', { headers: { authorization } })
  expect([status, body.errors?.[0]?.extensions['code'], headers.get('www-authenticate')]).toEqual([401, 'UNAUTHENTICATED', 'Bearer'])
  expect(body).not.toHaveProperty('data')
})

test('an expired token is a 401 that says so, and no token of any kind is logged', async () => {
  const token = await tokens.sign({ subject: 'ada', roles: [], scopes: [], expiresInSeconds: -60 })
  const { status, body } = await ask(gateway.url, '{ books { title } }', { headers: { authorization: `Bearer ${token}` } })
  expect([status, body.errors?.[0]?.message]).toEqual([401, expect.stringContaining('expired')])
  expect(gateway.logLines.join('')).not.toContain(token)
})

test('a request id that is safe to print is kept, any other is replaced, and each request leaves one line with it', async () => {
  const idOf = async (given: string) =>
    (await ask(gateway.url, '{ books { title } }', { headers: { 'x-request-id': given } })).headers.get('x-request-id')
  expect(await idOf('abc.DEF-123_x')).toBe('abc.DEF-123_x')
  expect(await idOf('short')).toMatch(/^[0-9a-f-]{36}$/)
  expect(await idOf('has spaces in it')).toMatch(/^[0-9a-f-]{36}$/)
  await expect.poll(() => gateway.logLines.filter((line) => line.includes('abc.DEF-123_x'))).toHaveLength(1)
  const line = JSON.parse(gateway.logLines.find((text) => text.includes('abc.DEF-123_x')) ?? '')
  expect(line).toMatchObject({ method: 'POST', path: '/graphql', status: 200, ms: expect.any(Number) })
})

test('bytes that are not HTTP are answered in JSON', async () => {
  const { port, hostname } = new URL(gateway.url)
  const text = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write('what is this\r\n\r\n'))
    let received = ''
    socket
      .on('data', (chunk) => (received += String(chunk)))
      .on('end', () => resolve(received))
      .on('error', reject)
  })
  expect(text).toMatch(/^HTTP\/1\.1 400 /)
  expect(JSON.parse(text.split('\r\n\r\n')[1] ?? '')).toEqual({
    errors: [{ message: 'This is not a valid HTTP request.', extensions: { code: 'BAD_USER_INPUT' } }],
  })
})

async function get(query: string, headers: Record<string, string>): Promise<Answer> {
  return answer(await fetch(`${gateway.url}/graphql?query=${encodeURIComponent(query)}`, { headers }))
}
