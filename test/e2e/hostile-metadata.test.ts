import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifest, openArchive, topologies, type TestArchive } from '../support/index.ts'

const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
const publish = `mutation ($input: PublishRecordsInput!) {
  publishRecords(input: $input) { results { sourceId status findings { hook kind field message } } } }`

const deep = (open: string, close: string) => `${open.repeat(100_000)}1${close.repeat(100_000)}`
const many = (count: number, item: (i: number) => string) => Array.from({ length: count }, (_, i) => item(i)).join(',')

/** Each as the text of its metadata, since most of it no program would print. The good field is right, so only the bad one counts. */
const hostile: Record<string, string> = {
  'an object 100,000 levels deep': `{"pdb_id":"1abc","resolution":${deep('{"a":', '}')}}`,
  'a list 100,000 levels deep': `{"pdb_id":"1abc","organisms":${deep('[', ']')}}`,
  'an unknown field 100,000 levels deep': `{"pdb_id":"1abc","x":${deep('[', ']')}}`,
  'a number beyond all numbers': '{"pdb_id":"1abc","resolution":1e400}',
  'its negative': '{"pdb_id":"1abc","resolution":-1e400}',
  'NaN as text': '{"pdb_id":"1abc","resolution":"NaN"}',
  '__proto__ as a field': '{"pdb_id":"1abc","__proto__":{"resolution":1}}',
  'constructor.prototype as a field': '{"pdb_id":"1abc","constructor":{"prototype":{"x":1}}}',
  '__proto__ as the whole': '{"__proto__":{"pdb_id":"1abc"}}',
  'a NUL in a text': '{"pdb_id":"1abc","organisms":["a\\u0000b"]}',
  'a NUL in a name': '{"pdb_id":"1abc","a\\u0000":1}',
  'half a character in a text': '{"pdb_id":"1abc","organisms":["\\ud800"]}',
  'half a character in a name': '{"pdb_id":"1abc","\\udfff":1}',
  'a text of a megabyte': `{"pdb_id":"1abc","organisms":["${'x'.repeat(1_000_000)}"]}`,
  'a name of a megabyte': `{"pdb_id":"1abc","${'x'.repeat(1_000_000)}":1}`,
  'a number for a text': '{"pdb_id":5}',
  'a text for a number': '{"pdb_id":"1abc","resolution":"1.5"}',
  'a list for a number': '{"pdb_id":"1abc","resolution":[1.5]}',
  'an object for a date': '{"pdb_id":"1abc","released":{}}',
  'a day that never was': '{"pdb_id":"1abc","released":"2023-02-29"}',
  'a list of 10,000 wrong values': `{"pdb_id":"1abc","organisms":[${many(10_000, String)}]}`,
  'a list of 10,001 values': `{"pdb_id":"1abc","organisms":[${many(10_001, () => '"x"')}]}`,
  '10,000 unknown fields': `{"pdb_id":"1abc",${many(10_000, (i) => `"organism_${i}":${i}`)}}`,
  'a list for the whole': '[]',
  'a text for the whole': '"{}"',
}
const names = Object.keys(hostile)

describe.each(topologies)('hostile metadata sent to an archive in %s', (topology) => {
  let archive: TestArchive
  let token: string
  beforeAll(async () => {
    archive = await openArchive(topology)
    token = await archive.sign({ subject: 'stranger', scopes: ['records:write'] })
    await archive.ask(deploy, { input: manifest() })
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  const post = (path: string, type: string, body: string) =>
    fetch(new URL(path, archive.url), { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': type }, body })
  test('through an import is refused line by line, with findings', async () => {
    const response = await post('/import/proteins', 'application/x-ndjson', records('import').join('\n'))
    expect(response.status).toBe(200)
    const lines = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.pop()).toMatchObject({ done: true, published: names.length + 1, duplicate: 0, invalid: names.length })
    expectRefused(lines)
  })

  test('through GraphQL is refused record by record, with findings', async () => {
    const input = `{"convention":"proteins","source":{"import":{"sourceNode":"a"}},"records":[${records('graphql').join(',')}]}`
    const response = await post('/graphql', 'application/json', `{"query":${JSON.stringify(publish)},"variables":{"input":${input}}}`)
    const { data, errors } = (await response.json()) as { data: { publishRecords: { results: never[] } }; errors?: unknown }
    expect(errors).toBeUndefined()
    expectRefused(data.publishRecords.results)
  })

  test('as source ids is refused too', async () => {
    const ids = ['', ' ', 'a\u0000', 'x'.repeat(513), '\ud800']
    const lines = ids.map((sourceId) => JSON.stringify({ sourceId, metadata: { pdb_id: '1abc' } }))
    const response = await post('/import/proteins', 'application/x-ndjson', [...lines, '{"sourceId":1,"metadata":{}}'].join('\n'))
    const results = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(results.map((result) => result.status)).toEqual([...ids.map(() => 'INVALID'), 'INVALID', undefined])
    expect(results[0].findings).toMatchObject([{ field: 'sourceId' }])
  })

  test('leaves the archive as well as before', async () => {
    expect((await archive.ask('{ conventions { totalCount } }')).data).toEqual({ conventions: { totalCount: 1 } })
    expect(Object.hasOwn(Object.prototype, 'pdb_id')).toBe(false)
  })
})

/** Each bad record between two good ones. */
function records(prefix: string): string[] {
  return [
    ...names.flatMap((name, i) => [
      `{"sourceId":"${prefix}-good-${i}","metadata":{"pdb_id":"1abc"}}`,
      `{"sourceId":${JSON.stringify(`${prefix} ${name}`)},"metadata":${hostile[name]}}`,
    ]),
    `{"sourceId":"${prefix}-good-last","metadata":{"pdb_id":"1abc"}}`,
  ]
}

interface Result {
  readonly sourceId: string
  readonly status: string
  readonly findings: readonly { readonly hook: string; readonly message: string }[]
}

function expectRefused(results: readonly Result[]): void {
  expect(results).toHaveLength(2 * names.length + 1)
  results.forEach((result, i) => {
    expect([result.sourceId, result.status]).toEqual([result.sourceId, i % 2 === 0 ? 'PUBLISHED' : 'INVALID'])
    if (i % 2 === 0) return
    expect(result.findings.length).toBeGreaterThan(0)
    expect(result.findings.length).toBeLessThanOrEqual(100)
    for (const { hook, message } of result.findings) {
      expect(hook).toBe('metadata')
      expect(message.length).toBeLessThan(500)
    }
  })
}
