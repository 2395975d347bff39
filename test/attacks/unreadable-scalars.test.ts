import { buildClientSchema, getIntrospectionQuery, isScalarType, isSpecifiedScalarType, type GraphQLSchema } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { post } from '../gateway/fixture/ask.ts'
import { manifest, openArchive, topologies, type TestArchive } from '../support/index.ts'
import { everyAttack, type ValuesByScalar } from './every-input.ts'

/** Values that the scalar cannot be, as JSON texts. JSON can be anything. */
const unreadable: ValuesByScalar = {
  SRN: ['"no name"', '12'],
  Digest: ['"no digest"', 'true'],
  BigInt: ['"many"', '1.5'],
  DateTime: ['"yesterday"', '"2026-02-30"', '"2026-01-31T12:00:00"', '20260131'],
  JSON: [],
}

describe.each(topologies)('%s: a value that its scalar cannot read', (topology) => {
  let archive: TestArchive
  let schema: GraphQLSchema
  let authorization: string
  beforeAll(async () => {
    archive = await openArchive(topology, { STRATA_RATE_PER_ADDRESS: '0', STRATA_RATE_PER_CALLER: '0' })
    authorization = `Bearer ${await archive.sign({ subject: 'operator', roles: ['ADMIN'] })}`
    schema = buildClientSchema((await post(archive.url, JSON.stringify({ query: getIntrospectionQuery() }))).body.data as never)
    expect(
      (await archive.ask('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', { input: manifest() })).errors,
    ).toEqual([])
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  test('gets one code, one sentence and the path of the input, whether it is a literal or in a variable', async () => {
    const custom = Object.values(schema.getTypeMap()).filter((type) => isScalarType(type) && !isSpecifiedScalarType(type))
    expect(custom.map(({ name }) => name).toSorted()).toEqual(Object.keys(unreadable).toSorted())

    const met = new Set<string>()
    for (const { scalar, json, operation, variables } of everyAttack(schema, unreadable)) {
      met.add(scalar)
      const literal = await post(archive.url, JSON.stringify({ query: operation.asLiteral }), { authorization })
      const variable = await post(archive.url, `{"query":${JSON.stringify(operation.asVariable)},"variables":${variables}}`, {
        authorization,
      })
      const told = [literal, variable].map(({ body }) =>
        body.errors?.map(({ message, extensions }) => ({ message, code: extensions['code'], field: extensions['field'] })),
      )
      const where = `${operation.asLiteral} with ${json}`
      expect(told[0], where).toEqual([{ message: expect.any(String), code: 'BAD_USER_INPUT', field: expect.any(String) }])
      expect(told[1], where).toEqual(told[0])
      expect(told[0]?.[0]?.message, where).not.toMatch(/Variable|Expected|GraphQL/)
    }
    expect([...met].toSorted()).toEqual(['BigInt', 'DateTime', 'Digest', 'SRN'])
  })

  test('is called asOf when it is a DateTime, as its sentence says', () => {
    const names = [...everyAttack(schema, { DateTime: ['"yesterday"'] })].map(
      ({ operation }) => /(\w+): "yesterday"/.exec(operation.asLiteral)?.[1],
    )
    expect(new Set(names)).toEqual(new Set(['asOf']))
  })
})
