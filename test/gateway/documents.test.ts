import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryDirectory } from '../support/index.ts'
import { answer, ask, post } from './fixture/ask.ts'
import { startGateway } from './fixture/start-gateway.ts'

const known = 'query Isbns { books { isbn } }'
const sha256 = createHash('sha256').update(known).digest('hex')
const byHash = { [sha256]: known }
const apollo = {
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: [{ id: 'isbns-1', name: 'Isbns', type: 'query', body: known }],
}

async function gatewayWith(manifest: unknown, accept: 'any' | 'only') {
  await using directory = await temporaryDirectory()
  const path = join(directory.path, 'manifest.json')
  writeFileSync(path, typeof manifest === 'string' ? manifest : JSON.stringify(manifest))
  // Awaited here, because the directory goes when this function ends.
  return await startGateway({ settings: { STRATA_DOCUMENTS: accept, STRATA_DOCUMENTS_MANIFEST: path } })
}

const persisted = { extensions: { persistedQuery: { version: 1, sha256Hash: sha256 } } }

describe('where only known documents are accepted', () => {
  test('one is run by its text, by its id and by its hash, over POST and GET', async () => {
    await using gateway = await gatewayWith(byHash, 'only')
    for (const body of [
      { query: known },
      { documentId: sha256 },
      { documentId: `sha256:${sha256}` },
      persisted,
      { ...persisted, query: known },
    ]) {
      const { status, body: answered } = await post(gateway.url, JSON.stringify(body))
      expect([status, answered.data]).toEqual([200, { books: [{ isbn: '1' }, { isbn: '2' }] }])
    }
    for (const search of [`documentId=${sha256}`, `extensions=${encodeURIComponent(JSON.stringify(persisted.extensions))}`]) {
      const response = await answer(await fetch(`${gateway.url}/graphql?${search}`, { headers: { 'apollo-require-preflight': '1' } }))
      expect([response.status, response.body.data]).toEqual([200, { books: [{ isbn: '1' }, { isbn: '2' }] }])
    }
  })

  test('other documents are refused with what to do', async () => {
    await using gateway = await gatewayWith(apollo, 'only')
    expect((await post(gateway.url, '{"documentId":"isbns-1"}')).status).toBe(200)
    const other = await ask(gateway.url, '{ books { isbn } }')
    expect([other.status, other.body.errors?.[0]?.extensions['code']]).toEqual([403, 'FORBIDDEN'])
    expect(other.body.errors?.[0]?.message).toContain('ask its operator to add it to the manifest')
    expect((await post(gateway.url, '{"documentId":"isbns-2"}')).status).toBe(403)
    expect((await post(gateway.url, '{"operationName":"Isbns"}')).status).toBe(400)
    expect((await post(gateway.url, JSON.stringify({ documentId: 'isbns-1', query: '{ books { title } }' }))).status).toBe(400)
    expect((await ask(gateway.url, '{ __schema { types { name } } }')).status).toBe(403)
  })
})

test('where any document is accepted, known ones can be sent by their id', async () => {
  await using gateway = await gatewayWith(byHash, 'any')
  expect((await post(gateway.url, JSON.stringify({ documentId: sha256 }))).status).toBe(200)
  expect((await ask(gateway.url, '{ books { title } }')).status).toBe(200)
  expect((await post(gateway.url, '{"documentId":"unknown"}')).status).toBe(400)
})

test.each([
  ['is not there', undefined, 'cannot be read'],
  ['is no JSON', '{', 'is not valid JSON'],
  ['has a hash that is not its document’s', { ['0'.repeat(64)]: known }, `whose SHA-256 is ${sha256}`],
  ['is empty', {}, 'holds no documents'],
  ['is of another version', { ...apollo, version: 2 }, 'version 1 is'],
])('a manifest that %s keeps the gateway from starting, with the reason', async (_, manifest, reason) => {
  const starting =
    manifest === undefined ? startGateway({ settings: { STRATA_DOCUMENTS_MANIFEST: '/nowhere.json' } }) : gatewayWith(manifest, 'only')
  await expect(starting).rejects.toThrow(reason)
})
