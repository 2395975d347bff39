import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backends, type Backend } from '../files/backends.ts'
import { eventually, fileRequests, type Claim } from '../files/requests.ts'
import { hookInput, manifestWithHooks } from '../runs/manifest.ts'
import { openArchive, type TestArchive } from '../support/index.ts'
import { watchRoutes, type WatchedRoute } from '../support/watch-routes.ts'

const cases = [
  { topology: 'one process', presigned: 'false', ...backends[0] },
  { topology: 'separate services', presigned: 'false', ...backends[0] },
  { topology: 'separate services', presigned: 'true', ...backends[1] },
] as const

/** A way to request a route's content: in full, conditionally, or in part. */
interface Visit {
  readonly path: string
  readonly status: number
  readonly method?: string
  readonly headers?: Record<string, string>
}

describe.each(cases)('a private archive in $topology, on $name with presigned=$presigned', ({ topology, isHere, start, presigned }) => {
  if (!isHere) return test.skip('everything (its server is not installed)')
  const isPresigned = presigned === 'true'
  let archive: TestArchive
  let backend: Backend
  let routes: readonly WatchedRoute[]
  let visits: ReadonlyMap<string, readonly Visit[]>
  let authorization: string

  beforeAll(async () => {
    backend = await start()
    using watched = watchRoutes()
    archive = await openArchive(topology, { ...backend.settings, S3_PRESIGNED: presigned, STRATA_READS: 'private' })
    routes = watched.gateway()
    authorization = `Bearer ${await archive.sign({ subject: 'operator', roles: ['ADMIN'] })}`
    visits = visitsOf(await fill())
  })
  afterAll(async () => {
    await archive?.[Symbol.asyncDispose]()
    await backend?.[Symbol.asyncDispose]()
  })

  async function ask(query: string, variables?: Record<string, unknown>) {
    const { data, errors } = await archive.ask(query, variables)
    expect(errors).toEqual([])
    return data
  }

  /** One of everything that can be read. */
  async function fill() {
    const talking = hookInput({ name: 'talking', source: `export default async () => { console.log('hello'); return [] }` })
    await ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', { input: manifestWithHooks([talking]) })
    const files = fileRequests(archive, authorization.slice('Bearer '.length))
    const claim = async (content: string): Promise<Claim> => ({ ...((await (await files.put(content)).json()) as Claim), name: 'a.csv' })
    const { name, digest, size } = await claim('a,b\n1,2\n')
    const draft = await claim('nobody has published this')
    const { publishRecords } = await ask(
      'mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { results { status srn } } }',
      {
        input: {
          convention: 'numbers',
          source: { import: { sourceNode: 'here' } },
          records: [{ sourceId: 'one', metadata: { n: 1 }, files: [{ name, digest, size }] }],
        },
      },
    )
    const [{ srn, status }] = publishRecords.results
    expect(status).toBe('PUBLISHED')
    const { cite } = await ask('mutation { cite(convention: "numbers", table: "records") { id } }')
    const runs = async () => (await ask('{ runs(hook: "talking", status: PASSED) { nodes { id } } }')).runs.nodes
    expect(await eventually(async () => (await runs()).length === 1)).toBe(true)
    const upload = (await files.begin(5)).headers.get('location') ?? ''
    const asset =
      /\/graphql\/explorer\/[^"']+/.exec(
        await (await visit({ path: '/graphql', status: 200, headers: { accept: 'text/html' } })).text(),
      )?.[0] ?? ''
    return { srn, digest, draft: draft.digest, citation: cite.id, run: (await runs())[0].id, upload, asset }
  }

  function visitsOf(made: Awaited<ReturnType<typeof fill>>): ReadonlyMap<string, readonly Visit[]> {
    const found = isPresigned ? 302 : 200
    const file = (path: string): readonly Visit[] => [
      { path, status: found },
      { path, status: isPresigned ? 302 : 206, headers: { range: 'bytes=1-2' } },
      { path, status: isPresigned ? 302 : 416, headers: { range: 'bytes=99-' } },
      { path, status: 304, headers: { 'if-none-match': `"${made.digest}"` } },
      { path, status: 304, headers: { 'if-none-match': '*' } },
    ]
    const tables = [
      'records.csv',
      'records.csv.gz',
      'records.jsonl',
      'records.parquet',
      'records.csv.meta.json',
      'croissant.json',
      'llms.txt',
    ]
    const again = (path: string): readonly Visit[] => [
      { path, status: 200 },
      { path, status: 304, headers: { 'if-none-match': '*' } },
    ]
    return new Map<string, readonly Visit[]>([
      ['GET /', [{ path: '/', status: 302 }]],
      ['GET /healthz', [{ path: '/healthz', status: 200 }]],
      ['GET /readyz', [{ path: '/readyz', status: 200 }]],
      ['GET /openapi.json', [{ path: '/openapi.json', status: 200 }]],
      ['GET /sign-in', [{ path: '/sign-in?code=x', status: 401 }]],
      [
        'GET /graphql',
        [
          { path: '/graphql?query={conventions{totalCount}}', status: 200, headers: { 'apollo-require-preflight': '1' } },
          { path: '/graphql?query={nonsense}', status: 400, headers: { 'apollo-require-preflight': '1' } },
          { path: '/graphql', status: 200, headers: { accept: 'text/html' } },
        ],
      ],
      ['GET /graphql/explorer/:name', [{ path: made.asset, status: 200 }]],
      [
        'GET /files/:digest',
        [
          ...file(`/files/${made.digest}`),
          { path: `/files/${made.draft}`, status: found },
          { path: `/files/sha256:${'0'.repeat(64)}`, status: 404 },
        ],
      ],
      [
        'GET /records/:srn',
        [
          { path: `/records/${made.srn}`, status: 200 },
          { path: `/records/${made.srn}`, status: 200, headers: { accept: 'text/html' } },
        ],
      ],
      ['GET /records/:srn/files/:name', file(`/records/${made.srn}/files/a.csv`)],
      ['GET /data/:convention/:file', tables.flatMap((name) => again(`/data/numbers/${name}`))],
      ['GET /llms.txt', again('/llms.txt')],
      [
        'GET /cite/:name',
        [
          ...again(`/cite/${made.citation}.csv`),
          ...['', '.txt', '.bib', '.csl.json'].map((ending) => ({ path: `/cite/${made.citation}${ending}`, status: 200 })),
        ],
      ],
      [
        'GET /provenance/:name',
        ['prov.json', 'ro-crate.json', 'openlineage.json'].map((format) => ({ path: `/provenance/${made.srn}.${format}`, status: 200 })),
      ],
      [
        'GET /runs/:id/log',
        [
          { path: `/runs/${made.run}/log`, status: 200 },
          { path: `/runs/${made.run}/log?follow=1`, status: 200 },
        ],
      ],
      [
        'HEAD /files/uploads/:id',
        [{ path: new URL(made.upload, archive.url).pathname, status: 200, headers: { 'tus-resumable': '1.0.0' } }],
      ],
      ['OPTIONS /files/uploads', [{ path: '/files/uploads', status: 204 }]],
      ['OPTIONS /graphql', [{ path: '/graphql', status: 405 }]],
    ])
  }

  const visit = ({ path, method = 'GET', headers = {} }: Visit) =>
    fetch(new URL(path, archive.url), { method, redirect: 'manual', headers: { authorization, ...headers } })

  const isKeptFromOthers = (answer: Response) => /(^|, )(private|no-store)(,|$)/.test(answer.headers.get('cache-control') ?? 'nothing')

  const readings = () => routes.filter(({ method }) => method === 'GET' || method === 'OPTIONS' || method === 'HEAD')

  test('this test knows every route that answers a read', () => {
    const got = new Set([...visits.keys()].filter((name) => name.startsWith('GET ')).map((name) => name.slice('GET '.length)))
    const unknown = readings().filter(({ method, url }) => !visits.has(`${method} ${url}`) && !(method === 'HEAD' && got.has(url)))
    expect(
      unknown.map(({ method, url }) => `${method} ${url}`),
      'say in visitsOf how it is asked for',
    ).toEqual([])
  })

  test('no shared cache may keep an answer to a read', async () => {
    expect(readings().length).toBeGreaterThan(15)
    for (const { method, url } of readings()) {
      for (const one of visits.get(`${method} ${url}`) ??
        (visits.get(`GET ${url}`) ?? []).filter(({ path }) => !path.endsWith('follow=1'))) {
        const answer = await visit({ ...one, method })
        await answer.arrayBuffer()
        const said = `${method} ${one.path} ${JSON.stringify(one.headers ?? {})}: ${answer.status} ${answer.headers.get('cache-control')}`
        expect(isKeptFromOthers(answer), said).toBe(true)
        if (method === 'GET') expect(answer.status, said).toBe(one.status)
      }
    }
  })

  test('no shared cache may keep any other answer', async () => {
    for (const { method, url } of routes) {
      const answer = await visit({ path: url.replaceAll(/:\w+/g, 'x'), method, status: 0 })
      expect(isKeptFromOthers(answer), `${method} ${url}: ${answer.status} ${answer.headers.get('cache-control')}`).toBe(true)
    }
    for (const path of ['/nothing', '/files/%zz', '/files/%2e%2e'])
      expect(isKeptFromOthers(await visit({ path, status: 0 })), path).toBe(true)
  })

  if (isPresigned)
    test('no shared cache may keep what the store itself sends', async () => {
      const [first] = visits.get('GET /files/:digest') ?? []
      const link = (await visit(first ?? expect.fail('no file'))).headers.get('location') ?? ''
      const answer = await fetch(link)
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
    })
})
