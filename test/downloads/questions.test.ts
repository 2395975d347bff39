import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive, topologies, type TestArchive } from '../support/index.ts'
import { deployHostile, publishHostile, untilComputed } from './hostile-data.ts'

describe.each(topologies)('asking an archive in %s for a download', (topology) => {
  let archive: TestArchive
  beforeAll(async () => {
    archive = await openArchive(topology)
    await deployHostile(archive)
    await publishHostile(archive, 60)
    await untilComputed(archive)
  })
  afterAll(() => archive?.[Symbol.asyncDispose]())

  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') => fetch(new URL(path, archive.url), { headers, method })
  const lines = async (path: string) =>
    (await (await get(path)).text())
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  const error = async (path: string) => {
    const response = await get(path)
    const { errors } = (await response.json()) as { errors: readonly { message: string; extensions: { code: string; field?: string } }[] }
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      ...errors[0]?.extensions,
      message: errors[0]?.message ?? '',
      disposition: response.headers.get('content-disposition'),
    }
  }
  const filtered = (filter: object) => `filter=${encodeURIComponent(JSON.stringify(filter))}`

  test('filter, order, columns and release are those of the API', async () => {
    const rows = await lines(
      `/data/hostile/measured.jsonl?${filtered({ all: [{ eq: { column: 'flag', value: true } }, { lt: { column: 'records.n', value: 10 } }] })}&orderBy=whole:desc,text&columns=whole,text&release=1`,
    )
    const { data } = await archive.ask(
      `{ rows(convention: "hostile", table: "measured", first: 1000, orderBy: [{ column: "whole", direction: DESC }, { column: "text" }], release: 1
          filter: { all: [{ eq: { column: "flag", value: true } }, { lt: { column: "records.n", value: 10 } }] }) { nodes { values record { srn } } } }`,
    )
    expect(rows.length).toBeGreaterThan(10)
    expect(rows.map(({ _record, whole, text }) => ({ _record, whole, text }))).toEqual(
      data.rows.nodes.map(({ values: { whole, text }, record }: { values: { whole: number; text: string }; record: { srn: string } }) => ({
        _record: record.srn,
        whole,
        text,
      })),
    )
    expect(Object.keys(rows[0])).toEqual(['_record', '_run', '_release', '_ordinal', '_stale', 'whole', 'text'])
  })

  test.each(['whole:desc', 'number', 'text:desc,number', 'records.title,whole:desc', 'flag:desc,day,moment:desc'])(
    'sorted by %s, nothing is left out and nothing comes twice',
    async (orderBy) => {
      const rows = await lines(`/data/hostile/measured.jsonl?orderBy=${orderBy}`)
      expect(rows).toHaveLength(180)
      expect(new Set(rows.map(({ _record, _ordinal }) => `${_record} ${_ordinal}`)).size).toBe(180)
    },
  )

  test('a download is named, typed, and tagged; asked again with its tag, it is not sent', async () => {
    const response = await get('/data/hostile/measured.csv')
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="hostile-measured-\d{8}T\d{6}Z\.csv"$/)
    expect(response.headers.get('cache-control')).toBe('no-cache')
    expect(response.headers.get('link')).toContain('</data/hostile/measured.csv.meta.json>; rel="describedby"; type="application/json"')
    expect(response.headers.get('link')).toContain('</data/hostile/croissant.json>; rel="describedby"; type="application/ld+json"')
    const etag = response.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[^"]{40,}"$/)
    const known = await get('/data/hostile/measured.csv', { 'if-none-match': etag })
    expect([known.status, await known.text(), known.headers.get('etag')]).toEqual([304, '', etag])
    for (const other of [
      '/data/hostile/measured.csv.gz',
      '/data/hostile/measured.csv?columns=text',
      `/data/hostile/measured.csv?${filtered({ isNull: { column: 'whole' } })}`,
    ]) {
      const answer = await get(other, { 'if-none-match': etag })
      expect([other, answer.status]).toEqual([other, 200])
      await answer.arrayBuffer()
    }
  })

  test('HEAD says the same and sends nothing', async () => {
    const whole = await get('/data/hostile/records.parquet')
    await whole.arrayBuffer()
    const head = await get('/data/hostile/records.parquet', {}, 'HEAD')
    expect(head.status).toBe(200)
    for (const name of ['etag', 'content-type', 'content-disposition', 'cache-control', 'link', 'last-modified'])
      expect([name, head.headers.get(name)]).toEqual([name, whole.headers.get(name)])
    expect(await head.text()).toBe('')
    expect((await get('/data/hostile/measured.csv.meta.json', {}, 'HEAD')).headers.get('content-type')).toBe(
      'application/json; charset=utf-8',
    )
  })

  test('publishing changes the tag, and the same asOf still has the same bytes', async () => {
    const manifest = async () =>
      (await (await get('/data/hostile/records.csv.meta.json')).json()) as { asOf: string; url: string; sha256: string; rows: number }
    const before = await manifest()
    const { headers } = await get('/data/hostile/records.csv', {}, 'HEAD')
    expect(await manifest()).toEqual(before)
    await publishHostile(archive, 5, 60)
    await untilComputed(archive)
    await expect.poll(async () => (await manifest()).rows).toBe(before.rows + 5)
    expect((await get('/data/hostile/records.csv', {}, 'HEAD')).headers.get('etag')).not.toBe(headers.get('etag'))
    const then = (await (await get(`/data/hostile/records.csv.meta.json?asOf=${before.asOf}`)).json()) as typeof before
    expect(then).toEqual(before)
    expect((await (await fetch(before.url)).text()).trim().split('\n').length).toBeGreaterThan(60)
  })

  test.each([
    ['/data/hostil/records.csv', 404, 'NOT_FOUND', 'convention', 'There is no dataset "hostil". Did you mean "hostile"?'],
    ['/data/hostil/records.csv.meta.json', 404, 'NOT_FOUND', 'convention', 'There is no dataset "hostil". Did you mean "hostile"?'],
    ['/data/hostil/croissant.json', 404, 'NOT_FOUND', 'convention', 'There is no dataset "hostil". Did you mean "hostile"?'],
    ['/data/hostil/llms.txt', 404, 'NOT_FOUND', 'convention', 'There is no dataset "hostil". Did you mean "hostile"?'],
    ['/data/%00/records.csv', 404, 'NOT_FOUND', 'convention', 'There is no dataset'],
    ['/data/hostile/record.csv', 404, 'NOT_FOUND', 'table', 'Did you mean "records"?'],
    ['/data/hostile/records.parket', 404, 'NOT_FOUND', 'format', 'Did you mean "parquet"?'],
    ['/data/hostile/records', 404, 'NOT_FOUND', 'format', '"records" has no format'],
    ['/data/hostile/records.csv?fliter={}', 400, 'BAD_USER_INPUT', 'fliter', 'Did you mean "filter"?'],
    ['/data/hostile/records.csv?filter={', 400, 'BAD_USER_INPUT', 'filter', 'not valid JSON'],
    [
      `/data/hostile/records.csv?${filtered({ eq: { column: 'titl', value: 'x' } })}`,
      400,
      'BAD_USER_INPUT',
      'filter.eq.column',
      'Did you mean "title"?',
    ],
    [
      `/data/hostile/records.csv?${filtered({ eq: { column: 'n', value: 'x' } })}`,
      400,
      'BAD_USER_INPUT',
      'filter.eq.value',
      'whole number',
    ],
    ['/data/hostile/records.csv?orderBy=massa', 400, 'BAD_USER_INPUT', 'orderBy.0.column', 'Did you mean "mass"?'],
    ['/data/hostile/records.csv?orderBy=mass:down', 400, 'BAD_USER_INPUT', 'orderBy.0', ':asc or :desc'],
    ['/data/hostile/records.csv?columns=mass,tag', 400, 'BAD_USER_INPUT', 'columns', 'Did you mean "tags"?'],
    ['/data/hostile/records.csv?asOf=yesterday', 400, 'BAD_USER_INPUT', 'asOf', 'must be a time with its zone'],
    ['/data/hostile/records.csv?asOf=2999-01-01T00:00:00Z', 400, 'BAD_USER_INPUT', 'asOf', 'must be in the past'],
    ['/data/hostile/records.csv?release=1', 400, 'BAD_USER_INPUT', 'release', 'are not from a hook'],
    ['/data/hostile/measured.csv?release=7', 400, 'BAD_USER_INPUT', 'release', 'has no release 7'],
    ['/data/hostile/measured.csv?release=one', 400, 'BAD_USER_INPUT', 'release', 'A release is a version'],
    ['/data/hostile/measured.jsonl?formulas=escape', 400, 'BAD_USER_INPUT', 'formulas', 'applies only to CSV'],
    ['/data/hostile/measured.csv?columns=text&columns=whole', 400, 'BAD_USER_INPUT', 'columns', 'more than once'],
  ])('%s is refused with %i, and says what to do', async (path, status, code, field, message) => {
    const answer = await error(path)
    expect(answer).toMatchObject({ status, code, field, type: 'application/json; charset=utf-8', disposition: null })
    expect(answer.message).toContain(message)
  })

  test('only GET and HEAD are served there', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) expect((await get('/data/hostile/records.csv', {}, method)).status).toBe(404)
  })

  if (topology === 'separate services')
    test('the service answers the gateway alone', async () => {
      const response = await fetch(new URL('/data/hostile/records.csv', archive.subgraphUrls['data']))
      expect(response.status).toBe(401)
    })

  test('a table without rows has a header, no lines, or a schema', async () => {
    const none = filtered({ eq: { column: 'n', value: -1 } })
    expect(await (await get(`/data/hostile/records.csv?${none}`)).text()).toBe('_record,n,title,mass,tags,seen\n')
    expect(await (await get(`/data/hostile/records.jsonl?${none}`)).text()).toBe('')
    const bytes = Buffer.from(await (await get(`/data/hostile/records.parquet?${none}`)).arrayBuffer())
    expect([bytes.subarray(0, 4).toString(), bytes.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1'])
  })
})

describe.each(topologies)('a private archive in %s', (topology) => {
  let archive: TestArchive
  beforeAll(async () => {
    archive = await openArchive(topology, { STRATA_READS: 'private' })
    await deployHostile(archive)
    await publishHostile(archive, 3)
  })
  afterAll(() => archive?.[Symbol.asyncDispose]())

  test('serves its data to callers with a token, for private caches only', async () => {
    for (const path of ['records.csv', 'records.csv.meta.json']) {
      expect((await fetch(new URL(`/data/hostile/${path}`, archive.url))).status).toBe(401)
      const headers = { authorization: `Bearer ${await archive.sign({ subject: 'reader' })}` }
      const response = await fetch(new URL(`/data/hostile/${path}`, archive.url), { headers })
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'private, no-cache'])
      await response.arrayBuffer()
    }
  })
})

test('downloads are counted like every other request', async () => {
  await using archive = await openArchive('one process', { STRATA_RATE_PER_ADDRESS: '3' })
  const statuses = []
  for (let i = 0; i < 5; i += 1) statuses.push((await fetch(new URL('/data/none/records.csv', archive.url))).status)
  expect(statuses).toEqual([404, 404, 404, 429, 429])
})

test.each(topologies)('in %s, downloads count for the caller, together with GraphQL requests', async (topology) => {
  await using archive = await openArchive(topology, { STRATA_RATE_PER_CALLER: '6' })
  const headersOf = async (subject: string) => ({ authorization: `Bearer ${await archive.sign({ subject })}` })
  const ada = await headersOf('ada')
  const get = (path: string, headers: Record<string, string> = {}) => fetch(new URL(path, archive.url), { headers })
  const paths = [
    '/data/none/records.csv',
    '/llms.txt',
    '/cite/none',
    '/files/sha256:00',
    '/runs/none/log',
    '/provenance/hook%3Anone.prov.json',
    '/import/none',
  ]
  for (const path of paths.slice(0, 5)) expect([path, (await get(path, ada)).status]).not.toEqual([path, 429])
  const graphql = {
    method: 'POST',
    headers: { ...ada, 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ __typename }' }),
  }
  expect((await fetch(`${archive.url}/graphql`, graphql)).status).toBe(200)

  const refused = await get('/llms.txt', ada)
  const {
    errors: [error],
  } = (await refused.json()) as { errors: { message: string; extensions: { code: string } }[] }
  expect([
    refused.status,
    error?.extensions.code,
    refused.headers.get('ratelimit-limit'),
    refused.headers.get('ratelimit-remaining'),
  ]).toEqual([429, 'RATE_LIMITED', '6', '0'])
  expect(error?.message).toMatch(/^More than 6 requests a minute were sent with this sign-in; wait \d+ s and send this one again/)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  for (const path of paths) expect([path, (await get(path, ada)).status]).toEqual([path, 429])
  expect((await fetch(`${archive.url}/graphql`, graphql)).status).toBe(429)
  expect((await get('/healthz', ada)).status).toBe(200)

  // Somebody else, and nobody in particular, go on.
  for (const headers of [await headersOf('grace'), {}]) expect((await get('/llms.txt', headers)).status).toBe(200)
  // Who cannot be known is counted by address alone, and hears of it from what they ask.
  for (let i = 0; i < 8; i += 1) expect((await get('/llms.txt', { authorization: 'Bearer x' })).status).toBe(401)
})
