import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { post } from '../gateway/fixture/ask.ts'
import { manifest, openArchive, topologies, type TestArchive } from '../support/index.ts'
import { everyAttack, type Attack, type ValuesByScalar } from './every-input.ts'

/** Values that JSON or GraphQL can express but the archive cannot store, as JSON texts, by scalar. */
const odd: ValuesByScalar = {
  String: ['"a\\u0000b"', '"\\ud800"'],
  ID: ['"\\u0000"', '"\\ud800"', '1e400', '99999999999999999999999'],
  SRN: ['"urn:osa:localhost:rec:\\u0000"', '"no name"', '"\\ud800"'],
  Digest: ['"sha256:\\u0000"', '"no digest"'],
  Int: ['1e400', '2147483648', '-0'],
  Float: ['1e400', '-1e309', '1e308', '-0'],
  BigInt: ['1e400', '"999999999999999999999999999999"', '"-0"'],
  JSON: ['1e400', '{"a":[-1e309]}', '"\\u0000"', '{"\\u0000":1}', '["\\ud800"]', '-0', '99999999999999999999999'],
  DateTime: ['"2026-01-01T00:00:00\\u0000Z"', '"9999-12-31T23:59:59.9999Z"', '"0000-01-01T00:00:00Z"', '"\\ud800"'],
}

describe.each(topologies)('%s: a value that cannot be stored is the caller’s mistake, not ours:', (topology) => {
  let archive: TestArchive
  let schema: GraphQLSchema
  let authorization: string
  beforeAll(async () => {
    archive = await openArchive(topology, { STRATA_RATE_PER_ADDRESS: '0', STRATA_RATE_PER_CALLER: '0' })
    authorization = `Bearer ${await archive.sign({ subject: 'operator', roles: ['ADMIN'] })}`
    const { data } = (await post(archive.url, JSON.stringify({ query: getIntrospectionQuery() }))).body
    schema = buildClientSchema(data as never)
    const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
    expect((await archive.ask(deploy, { input: manifest() })).errors).toEqual([])
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  test('in a variable, at every input of the API', async () => {
    await everywhere(schema, ({ operation, variables }) =>
      post(archive.url, `{"query":${JSON.stringify(operation.asVariable)},"variables":${variables}}`, { authorization }),
    )
  }, 300_000)

  test('in a literal, at every input of the API', async () => {
    await everywhere(schema, ({ operation }) => post(archive.url, JSON.stringify({ query: operation.asLiteral }), { authorization }))
  }, 300_000)

  test('the error names the field', async () => {
    const rows = (value: string) =>
      `{ rows(convention: "proteins", table: "records", filter: { eq: { column: "resolution", value: ${value} } }) { totalCount } }`
    for (const value of ['1e400', '-1e400']) {
      const { status, body } = await post(archive.url, JSON.stringify({ query: rows(value) }))
      expect([status, body.errors?.[0]?.extensions['code'], body.errors?.[0]?.extensions['field']]).toEqual([
        400,
        'BAD_USER_INPUT',
        'filter.eq.value',
      ])
    }
  })

  test('an unknown operationName is refused with the names in the document', async () => {
    const ask = async (query: string, operationName: unknown) => {
      const { status, body } = await post(archive.url, JSON.stringify({ query, operationName }))
      return [status, body.errors?.[0]?.extensions['code'], body.errors?.[0]?.extensions['field'], body.errors?.[0]?.message]
    }
    const two = 'query A { viewer { kind } } query B { viewer { kind } }'
    expect(await ask(two, 'C')).toEqual([400, 'BAD_USER_INPUT', 'operationName', 'This document has no operation "C"; it has A, B.'])
    expect(await ask(two, undefined)).toEqual([400, 'BAD_USER_INPUT', 'operationName', expect.stringContaining('A, B')])
    expect(await ask('{ viewer { kind } }', 'A')).toEqual([
      400,
      'BAD_USER_INPUT',
      'operationName',
      expect.stringContaining('leave "operationName" out'),
    ])
    expect((await ask('fragment F on Viewer { kind }', 'A')).slice(0, 2)).toEqual([400, 'BAD_USER_INPUT'])
    expect((await ask(two, '')).slice(0, 2)).toEqual([400, 'BAD_USER_INPUT'])
    expect((await ask(two, { a: 1 })).slice(0, 2)).toEqual([400, 'BAD_USER_INPUT'])
    expect((await ask(two, 'A'))[0]).toBe(200)
  })
})

/** Sends every odd value at every input of every field of Query and Mutation. Collects all answers before it checks any of them. */
async function everywhere(schema: GraphQLSchema, send: (attack: Attack) => ReturnType<typeof post>): Promise<void> {
  const faults: unknown[] = []
  let sent = 0
  const attacks = everyAttack(schema, odd)
  const sendNext = async () => {
    for (const attack of attacks) {
      sent++
      const { status, body } = await send(attack)
      const codes = (body.errors ?? []).map(({ extensions }) => extensions['code'])
      if (status >= 500 || codes.includes('INTERNAL') || codes.includes('UNAVAILABLE'))
        faults.push([attack.operation.asLiteral.slice(0, 300), status, codes])
    }
  }
  await Promise.all(Array.from({ length: 8 }, sendNext))
  expect(sent).toBeGreaterThan(300)
  expect(faults).toEqual([])
}
