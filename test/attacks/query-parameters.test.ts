import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifest, openArchive, topologies, type TestArchive } from '../support/index.ts'
import { watchRoutes, type WatchedRoute } from '../support/watch-routes.ts'

describe.each(topologies)('query parameters of an archive in %s', (topology) => {
  let archive: TestArchive
  let routes: readonly WatchedRoute[]
  let token: string
  beforeAll(async () => {
    using watched = watchRoutes()
    archive = await openArchive(topology)
    routes = watched.gateway()
    token = await archive.sign({ subject: 'importer', roles: ['ADMIN'] })
    expect(
      (await archive.ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', { input: manifest() })).errors,
    ).toEqual([])
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  const send = async (method: string, path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${archive.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0', ...headers },
      redirect: 'manual',
    })
    const text = await response.text()
    return { status: response.status, text, error: text.startsWith('{"errors"') ? JSON.parse(text).errors[0] : undefined }
  }
  const addressOf = (url: string) => url.replaceAll(/:\w+/g, 'x').replaceAll('*', 'x')

  test('each route refuses one that it does not know, and says which it knows', async () => {
    const served = routes.filter(({ url }) => !url.includes('*'))
    expect(served.length).toBeGreaterThan(20)
    const answers = await Promise.all(
      served.map(async ({ method, url }) => {
        const { status, error } = await send(method, `${addressOf(url)}?nonsense=1`)
        return {
          route: `${method} ${url}`,
          status,
          code: method === 'HEAD' ? 'no body' : error?.extensions.code,
          field: error?.extensions.field,
          message: error?.message ?? 'it takes',
        }
      }),
    )
    const wrong = answers.filter(
      ({ status, code, message }) => status !== 400 || (code !== 'no body' && code !== 'BAD_USER_INPUT') || !message.includes('it takes'),
    )
    expect(wrong).toEqual([])
  })

  test('each route still takes those that it declares', async () => {
    for (const path of [
      '/graphql?query=query Q{viewer{kind}}&operationName=Q&variables={}&extensions={}',
      '/data/proteins/records.csv?filter=&orderBy=&asOf=&release=&columns=&formulas=',
      '/data/proteins/croissant.json',
    ]) {
      expect([path, (await send('GET', path, { 'apollo-require-preflight': '1' })).status]).toEqual([path, 200])
    }
    expect((await send('GET', '/data/proteins/croissant.json?asOf=2026-01-01T00:00:00Z')).error?.message).toContain('it takes none')
  })

  test('an import with a misspelt, repeated or impossible source node publishes nothing', async () => {
    const attempt = async (query: string) => {
      const response = await fetch(`${archive.url}/import/proteins?${query}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
        body: '{"sourceId":"s1","metadata":{"pdb_id":"1abc"}}',
      })
      return { status: response.status, text: await response.text() }
    }
    for (const [query, message] of [
      ['sourcenode=rcsb.org', 'it takes sourceNode, onChange, on-change. Did you mean \\"sourceNode\\"?'],
      ['sourceNode=a.org&sourceNode=b.org', 'more than once'],
      ['sourceNode=', 'is empty'],
      ['sourceNode=https%3A%2F%2FRCSB.org%2F', 'Did you mean \\"rcsb.org\\"?'],
      ['sourceNode=the%20lab', 'not a node'],
      ['sourceNode=rcsb.org&onChange=overwrite', '\\"keep\\" or \\"revise\\"'],
      ['onChange=keep&on-change=revise', 'the same parameter'],
    ] as const) {
      const { status, text } = await attempt(query)
      expect([query, status]).toEqual([query, 400])
      expect(text).toContain('BAD_USER_INPUT')
      expect(text).toContain(message)
    }
    expect((await archive.database.pool.query('select 1 from record')).rowCount).toBe(0)
    expect((await attempt('sourceNode=rcsb.org')).text).toContain('"published":1')
  })
})
