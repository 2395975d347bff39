import { countCpuTime } from '../support/cpu-time.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive, type TestArchive } from '../support/index.ts'
import { post, type Answer } from '../gateway/fixture/ask.ts'

let archive: TestArchive
beforeAll(async () => void (archive = await openArchive('one process')))
afterAll(() => archive[Symbol.asyncDispose]())

// One attack a test. Afterwards the archive must still answer everybody else.
const alive = async () => expect((await archive.ask('{ viewer { kind } }')).status).toBe(200)

async function attack(query: string, variables?: object): Promise<Answer & { cpuMilliseconds: number }> {
  const cpuTime = countCpuTime()
  const answer = await post(archive.url, JSON.stringify({ query, variables }))
  return { ...answer, cpuMilliseconds: cpuTime() }
}

async function refused(query: string, variables?: object) {
  const { status, body, cpuMilliseconds } = await attack(query, variables)
  await alive()
  expect(body.data).toBeUndefined()
  expect(body.errors).toHaveLength(1)
  // The bound is for the attack that hangs a server; bench/refusals.ts says what a refusal costs.
  expect(cpuMilliseconds).toBeLessThan(5_000)
  return {
    status,
    code: body.errors?.[0]?.extensions['code'],
    message: body.errors?.[0]?.message,
    field: body.errors?.[0]?.extensions['field'],
  }
}

const tooComplex = (...numbers: string[]) => ({
  status: 400,
  code: 'QUERY_TOO_COMPLEX',
  message: expect.stringMatching(new RegExp(`${numbers.join('.*')}.*;.*\\w`)),
})

const times = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, index) => text(index)).join(' ')

describe('a document is refused that has', () => {
  test('a thousand aliases', async () => {
    const query = `{ ${times(1_000, (i) => `a${i}: viewer { kind }`)} }`
    expect(await refused(query)).toMatchObject(tooComplex('1,000 aliases', '100'))
  })

  test('aliases hidden in a fragment that is spread again and again', async () => {
    const fragment = `fragment F on Convention { ${times(60, (i) => `a${i}: slug`)} }`
    expect(await refused(`{ conventions { nodes { ...F } edges { node { ...F } } } } ${fragment}`)).toMatchObject(
      tooComplex('120 aliases', '100'),
    )
  })

  test('many fields at its root', async () => {
    expect(await refused(`{ ${times(50, () => 'viewer { kind }')} }`)).toMatchObject(tooComplex('50 fields at its root', '20'))
  })

  test('the same field a thousand times, which validation would compare with one another', async () => {
    expect(await refused(`{ viewer { ${times(3_000, () => 'kind')} } }`)).toMatchObject(tooComplex('3,001 fields', '2,000'))
  })

  test('more levels than allowed', async () => {
    const query = `{ hooks { nodes { ${'conventions { hooks { '.repeat(10)} name ${'} } '.repeat(10)} } } }`
    expect(await refused(query)).toMatchObject(tooComplex('23 levels', '15'))
  })

  test('brackets enough to end the parser’s stack', async () => {
    expect(await refused(`{ a${'{a'.repeat(4_000)}`)).toMatchObject({ status: 400, code: 'QUERY_TOO_COMPLEX' })
    expect(await refused(`{ rows(first: ${'['.repeat(4_000)}) }`)).toMatchObject({ status: 400, code: 'QUERY_TOO_COMPLEX' })
  })

  test('fragments deep inside one another', async () => {
    const chain = times(1_000, (i) => `fragment F${i} on Query { ...F${i + 1} }`)
    expect(await refused(`{ ...F0 } ${chain} fragment F1000 on Query { viewer { kind } }`)).toMatchObject(tooComplex('200 deep'))
    const deep = times(30, (i) => `fragment F${i} on Hook { conventions { hooks { ...F${i + 1} } } }`)
    expect(await refused(`{ hook(name: "a") { ...F0 } } ${deep} fragment F30 on Hook { name }`)).toMatchObject(
      tooComplex('62 levels', '15'),
    )
  })

  test('fragments in a cycle', async () => {
    const cycle = 'query { ...A } fragment A on Query { viewer { kind } ...B } fragment B on Query { ...A }'
    const { status, code, message } = await refused(cycle)
    expect([status, code, message]).toEqual([400, 'BAD_USER_INPUT', expect.stringContaining('Cannot spread fragment "A" within itself')])
  })

  test('fragments that double again and again', async () => {
    const bomb = times(60, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)
    expect(await refused(`{ ...F0 } ${bomb} fragment F60 on Query { viewer { kind } }`)).toMatchObject(
      tooComplex('more than a billion fields at its root', '20'),
    )
    const inside = times(60, (i) => `fragment F${i} on Viewer { ...F${i + 1} ...F${i + 1} }`)
    expect(await refused(`{ viewer { ...F0 } } ${inside} fragment F60 on Viewer { kind }`)).toMatchObject(
      tooComplex('more than a billion fields', '2,000'),
    )
  })

  test('a hundred thousand tokens', async () => {
    expect(await refused(`{ ${'a '.repeat(49_000)} }`)).toMatchObject(tooComplex('more than 10,000 tokens'))
    expect(await refused(`{ ${'[]'.repeat(49_000)} }`)).toMatchObject(tooComplex('more than 10,000 tokens'))
  })

  test('one token of ten megabytes', async () => {
    const text = 'x'.repeat(10_000_000)
    for (const query of [
      `{ convention(slug: "${text}") { slug } }`,
      `{ convention(slug: """${text}""") { slug } }`,
      `{ ${text} }`,
      `#${text}`,
    ]) {
      expect(await refused(query)).toMatchObject(tooComplex('characters', '100,000'))
    }
  })

  test('a flood of directives', async () => {
    expect(await refused(`{ viewer { kind ${'@include(if: true) '.repeat(1_000)} } }`)).toMatchObject(tooComplex('1,000 directives', '50'))
    expect(await refused(`{ viewer { kind ${'@no '.repeat(4_000)} } }`)).toMatchObject(tooComplex('4,000 directives', '50'))
  })

  test('an introspection of everything’s everything', async () => {
    const bomb = '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }'
    expect(await refused(bomb)).toMatchObject(tooComplex('3 nested lists of introspection', '2'))
    const deep = `{ __type(name: "Query") { ${'ofType { '.repeat(40)} name ${'} '.repeat(40)} } }`
    expect(await refused(deep)).toMatchObject(tooComplex('42 levels of introspection', '20'))
    const often = `{ ${times(20, (i) => `${'abcdefghijklmnopqrst'[i]}: __schema { types { fields { name } } ${times(2, (j) => `t${j}: types { name }`)} }`)} ${times(10, (i) => `x${i}: __schema { types { name } }`)} }`
    expect(await refused(often)).toMatchObject({ status: 400, code: 'QUERY_TOO_COMPLEX' })
  })
})

describe('a page is refused that is', () => {
  test('a billion items long, as a literal, a variable, a default or deep inside', async () => {
    const tooLarge = { ...tooComplex('1,000,000,000', '1,000'), field: 'first' }
    expect(await refused('{ records(first: 1000000000) { totalCount } }')).toMatchObject(tooLarge)
    expect(await refused('query ($n: Int) { records(first: $n) { totalCount } }', { n: 1e9 })).toMatchObject(tooLarge)
    expect(await refused('query ($n: Int = 1000000000) { records(first: $n) { totalCount } }')).toMatchObject(tooLarge)
    expect(await refused('{ conventions { nodes { records(first: 1000000000) { nodes { srn } } } } }')).toMatchObject(tooLarge)
    expect(
      await refused('{ ...A } fragment A on Query { convention(slug: "a") { records(first: 1000000000) { totalCount } } }'),
    ).toMatchObject(tooLarge)
  })

  test('longer than the largest number', async () => {
    const { status, body } = await post(
      archive.url,
      '{"query":"query ($n: Int) { records(first: $n) { totalCount } }","variables":{"n":1e999}}',
    )
    expect([status, body.errors?.[0]?.extensions['code']]).toEqual([400, 'QUERY_TOO_COMPLEX'])
    expect(await refused(`{ records(first: ${'9'.repeat(5_000)}) { totalCount } }`)).toMatchObject({
      status: 400,
      code: 'QUERY_TOO_COMPLEX',
    })
    expect(await refused('{ records(first: 1e3000) { totalCount } }')).toMatchObject({ status: 400 })
    await alive()
  })

  test('allowed by itself, but not as often as this', async () => {
    const query = '{ conventions(first: 1000) { nodes { records(first: 1000) { nodes { srn schema { fields { name } } } } } } }'
    const refusal = await refused(query)
    expect(refusal).toMatchObject(tooComplex('10,00\\d,\\d{3} objects', '50,000'))
    expect(refusal.message).toContain('"conventions.nodes.records.nodes.schema.fields" (8,000,000)')
    expect(await refused(query.replaceAll('first: 1000', 'first: $n').replace('{', 'query ($n: Int) {'), { n: 1000 })).toMatchObject({
      code: 'QUERY_TOO_COMPLEX',
    })
  })
})

describe('realistic operations are accepted:', () => {
  test('a page of a thousand records with their convention and schema', async () => {
    const { errors } = await archive.ask(
      '{ records(first: 1000) { nodes { srn metadata convention { slug title } schema { id version fields { name type unit } } source { type id } } } }',
    )
    expect(errors).toEqual([])
  })

  test('the introspection that tools send', async () => {
    const { getIntrospectionQuery } = await import('graphql')
    const { errors } = await archive.ask(getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true, specifiedByUrl: true }))
    expect(errors).toEqual([])
  })

  test('ten thousand records published at once', async () => {
    const records = Array.from({ length: 10_000 }, (_, i) => ({ sourceId: `r${i}`, metadata: {} }))
    const query =
      'mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount results { sourceId srn status findings { field kind message } } } }'
    const { errors } = await archive.ask(query, { input: { convention: 'none', source: { import: { sourceNode: 'a.org' } }, records } })
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
  })
})
