import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifest, openArchive, topologies, type TestArchive } from '../support/index.ts'

const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
const publish = 'mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }'

describe.each(topologies)('an archive in %s refuses', (topology) => {
  let archive: TestArchive
  beforeAll(async () => void (archive = await openArchive(topology)))
  afterAll(() => archive[Symbol.asyncDispose]())

  const refusal = async (query: string, variables: Record<string, unknown>, ask = archive.ask) => {
    const { errors } = await ask(query, variables)
    return { code: errors[0]?.extensions.code, field: errors[0]?.extensions.field, message: errors[0]?.message }
  }

  test('a mutation without a token, and one whose token may not', async () => {
    expect(await refusal(deploy, { input: manifest() }, await archive.as())).toMatchObject({ code: 'UNAUTHENTICATED' })
    const curator = await archive.as({ roles: ['CURATOR'], scopes: ['records:write'] })
    const { code, message } = await refusal(deploy, { input: manifest() }, curator)
    expect(code).toBe('FORBIDDEN')
    expect(message).toContain('conventions:write')
    expect(await refusal(publish, nothing, curator)).toMatchObject({ code: 'NOT_FOUND', field: 'input.convention' })
  })

  test('invalid or reserved names, with the path of the fault', async () => {
    expect(await refusal(deploy, { input: manifest({ slug: 'No Slug' }) })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.slug' })
    expect(await refusal(deploy, { input: manifest({ slug: 'graphql' }) })).toMatchObject({ code: 'RESERVED_NAME', field: 'input.slug' })
    const fields = [{ name: 'ctid', type: 'TEXT' }]
    expect(await refusal(deploy, { input: manifest({ schema: { id: 's', version: '1', fields } }) })).toMatchObject({
      code: 'RESERVED_NAME',
      field: 'input.schema.fields.0.name',
    })
  })

  test('a constraint that its field cannot have, and a pattern that cannot be used', async () => {
    expect(await refusal(deploy, withField({ name: 'a', type: 'NUMBER', constraints: { pattern: 'x' } }))).toMatchObject({
      field: 'input.schema.fields.0.constraints.pattern',
    })
    expect(await refusal(deploy, withField({ name: 'a', type: 'TEXT', constraints: { pattern: '(?=x)' } }))).toMatchObject({
      field: 'input.schema.fields.0.constraints.pattern',
      message: expect.stringContaining('RE2'),
    })
  })

  test('other fields under the same schema version, and says which', async () => {
    await archive.ask(deploy, { input: manifest() })
    await archive.ask(publish, {
      input: {
        convention: 'proteins',
        source: { import: { sourceNode: 'a' } },
        records: [{ sourceId: '1', metadata: { pdb_id: '4hhb' } }],
      },
    })
    const { schema } = manifest()
    const fields = [{ ...schema.fields[0], type: 'INTEGER', constraints: null }, ...schema.fields.slice(1)]
    expect(await refusal(deploy, { input: manifest({ schema: { ...schema, fields } }) })).toMatchObject({
      code: 'CONFLICT',
      field: 'input.schema.version',
      message: expect.stringContaining('"pdb_id" has a different type'),
    })
  })

  test('a source with two keys or none', async () => {
    const source = { import: { sourceNode: 'a' }, fork: { sourceNode: 'b' } }
    expect(await refusal(publish, { input: { ...nothing.input, source } })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'input.source',
      message: expect.stringMatching(/exactly one of harvest, fork, import/),
    })
    expect(await refusal(publish, { input: { ...nothing.input, source: {} } })).toMatchObject({ code: 'BAD_USER_INPUT' })
  })

  test('a page that is too large, and a cursor of another list', async () => {
    const rows =
      'query ($first: Int, $after: String) { rows(convention: "proteins", table: "records", first: $first, after: $after) { totalCount } }'
    expect(await refusal(rows, { first: 1001 })).toMatchObject({ code: 'QUERY_TOO_COMPLEX', field: 'first' })
    expect(await refusal(rows, { first: -1 })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'first' })
    expect(await refusal(rows, { after: 'cHJvdGVpbnM' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' })
  })

  test('tables and conventions that are not there, with the near match', async () => {
    const rows = 'query ($c: String!, $t: String!) { rows(convention: $c, table: $t) { totalCount } }'
    expect(await refusal(rows, { c: 'proteins', t: 'record' })).toMatchObject({
      code: 'NOT_FOUND',
      field: 'table',
      message: expect.stringContaining('Did you mean "records"?'),
    })
    expect(await refusal(rows, { c: 'nothing', t: 'records' })).toMatchObject({ code: 'NOT_FOUND', field: 'convention' })
  })

  test('fields that do not exist and variables of the wrong type, as 400', async () => {
    const unknown = await archive.ask('{ convention(slug: "proteins") { nope } }')
    expect(unknown).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
    const wrong = await archive.ask(publish, { input: { ...nothing.input, records: [{ sourceId: 5, metadata: {} }] } })
    expect(wrong).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_USER_INPUT', field: 'input.records.0.sourceId' } }] })
  })

  test('more than ten thousand records in a call', async () => {
    const records = Array.from({ length: 10_001 }, (_, i) => ({ sourceId: `r${i}`, metadata: {} }))
    expect(await refusal(publish, { input: { ...nothing.input, records } })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'input.records',
    })
  })
})

const nothing = { input: { convention: 'none', source: { import: { sourceNode: 'rcsb.org' } }, records: [] } }

const withField = (field: object) => ({ input: manifest({ schema: { id: 's', version: '1.0.0', fields: [field] } }) })

describe('a subgraph that is a service of its own', () => {
  test('answers the gateway alone, and says nothing to others', async () => {
    await using archive = await openArchive('separate services')
    const url = archive.subgraphUrls['conventions'] ?? ''
    for (const query of [
      '{ conventions { totalCount } }',
      '{ _entities(representations: [{__typename: "Convention", slug: "a"}]) { __typename } }',
    ]) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-strata-gateway': 'guess' },
        body: JSON.stringify({ query }),
      })
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    }
  })
})
