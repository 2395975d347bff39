import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openArchive, type TestArchive } from '../support/index.ts'

let archive: TestArchive
let cookie: string
beforeAll(async () => {
  archive = await openArchive('one process', { STRATA_READS: 'private' })
  // What only looks ahead, as chats and mail do with a link, leaves it to whom it is for.
  const lookedAt = await fetch(archive.signInUrl ?? '', { method: 'HEAD', redirect: 'manual' })
  expect([lookedAt.status, lookedAt.headers.get('set-cookie')]).toEqual([401, null])
  const answer = await fetch(archive.signInUrl ?? '', { redirect: 'manual' })
  expect([answer.status, answer.headers.get('location'), answer.headers.get('cache-control')]).toEqual([303, '/', 'no-store'])
  const set = answer.headers.get('set-cookie') ?? ''
  expect(set).toMatch(/^strata-session=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800$/)
  cookie = set.split(';')[0] ?? ''
})
afterAll(() => archive?.[Symbol.asyncDispose]())

const send = (headers: Record<string, string>, query = '{ viewer { subject roles } }', path = '/graphql') =>
  fetch(new URL(path, archive.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, ...headers },
    body: JSON.stringify({ query }),
  })
const own = { 'sec-fetch-site': 'same-origin' }
const change = 'mutation { createToken(input: { subject: "eve", roles: ["ADMIN"] }) { token } }'

test('a sign-in link works once', async () => {
  const again = await fetch(archive.signInUrl ?? '', { redirect: 'manual' })
  expect([again.status, again.headers.get('set-cookie')]).toEqual([401, null])
  expect((await fetch(`${archive.url}/sign-in`)).status).toBe(401)
  expect((await fetch(`${archive.url}/sign-in?code=a&code=b`)).status).toBe(400)
})

test('the archive’s own pages use the session, recognized by Sec-Fetch-Site or Origin', async () => {
  for (const headers of [own, { origin: archive.url }]) {
    expect(await (await send(headers)).json()).toEqual({ data: { viewer: { subject: 'operator', roles: ['ADMIN'] } } })
  }
})

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example.org' }],
  ['another program on this machine', { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:1' }],
  ['an old browser on another site', { origin: 'https://evil.example.org' }],
  ['a page without an origin', { origin: 'null' }],
  ['something that does not say', {}],
  ['a name that begins like ours', { origin: 'http://127.0.0.1.evil.example.org' }],
])('a change that %s asks for with the session is refused', async (_, headers) => {
  const before = await archive.database.prisma.token.count()
  for (const query of [change, '{ viewer { subject } }']) {
    const response = await send(headers, query)
    expect([response.status, (await response.json()).errors[0].extensions.code]).toEqual([403, 'FORBIDDEN'])
  }
  const asForm = await fetch(`${archive.url}/graphql`, {
    method: 'POST',
    headers: { cookie, ...headers, 'content-type': 'text/plain' },
    body: JSON.stringify({ query: change }),
  })
  expect(asForm.status).toBe(403)
  expect((await send(headers, '', '/sign-out')).status).toBe(403)
  expect(await archive.database.prisma.token.count()).toBe(before)
})

test('requests from another site lose the session; a link that a person opens keeps it', async () => {
  const status = (headers: Record<string, string>) => open('{viewer{subject}}', headers)
  expect(await status({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' })).toBe(401)
  expect(await status({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' })).toBe(401)
  expect(await status(visit)).toBe(200)
})

test('a mutation is never run by opening an address', async () => {
  const before = await archive.database.prisma.token.count()
  expect(await open(change, visit)).toBe(405)
  expect(await archive.database.prisma.token.count()).toBe(before)
})

const visit = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

/** As a browser opens it: `fetch` would say itself what kind of request this is. */
async function open(query: string, headers: Record<string, string>): Promise<number | undefined> {
  const address = new URL(`/graphql?query=${encodeURIComponent(query)}`, archive.url)
  const [response] = (await once(get(address, { headers: { cookie, 'apollo-require-preflight': '1', ...headers } }), 'response')) as [
    IncomingMessage,
  ]
  response.resume()
  return response.statusCode
}

test('an invalid session cookie is deleted and does not block the request', async () => {
  const response = await send({ ...own, cookie: 'strata-session=abc.def.ghi' })
  expect(response.status).toBe(401)
  expect(response.headers.get('set-cookie')).toContain('Max-Age=0')
  expect((await send({ ...own, cookie: 'strata-session=a; strata-session=b' })).status).toBe(401)
})

test('signing out ends the session for every copy of its cookie', async () => {
  const out = await send(own, '', '/sign-out')
  expect([out.status, out.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')])
  await sleep(4_500)
  expect((await send(own)).status).toBe(401)
  const { data } = await archive.ask('{ auditLog(first: 2, actor: "user:operator") { nodes { operation } } }')
  expect(data.auditLog.nodes.map(({ operation }: { operation: string }) => operation)).toEqual(['signOut', 'signIn'])
})
