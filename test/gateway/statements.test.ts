import { currentOperation } from '../../infrastructure/postgres/session/current-operation.ts'
import {
  buildSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql'
import pg from 'pg'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive, type TestArchive } from '../support/index.ts'
import { depositorOn } from '../support/depositor.ts'
import { hookInput, manifestWithHooks } from '../runs/manifest.ts'
import { eventually } from '../support/eventually.ts'

// An answer with more items must not take more statements. Each field of each type is asked for below a list, of few items and of many.

const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../gateway/api.graphql'), 'utf8'))
const [few, many] = [2, 6] as const

interface Place {
  readonly type: GraphQLObjectType
  /** Puts a selection on the type into a query; `first` is how many items its list has. */
  readonly query: (selection: string, first: number) => string
}

/** Arguments without a default, as the archive below has them. */
const given: Readonly<Record<string, string>> = { hook: '"hook1"', version: '1', convention: '"numbers1"', table: '"hook1"' }
const roots = ['records', 'conventions', 'hooks', 'runs', 'backfills', 'depositions', 'auditLog', 'tokens', 'datasets', 'rows'] as const
const places: readonly Place[] = reachable()
const cases = places.flatMap(({ type, query }) =>
  Object.values(type.getFields()).map((field) => ({ type, field, query, name: `${type.name}.${field.name}` })),
)

let archive: TestArchive
let statements = 0
const { query: original } = pg.Client.prototype

beforeAll(async () => {
  pg.Client.prototype.query = function counted(this: pg.Client, ...args: Parameters<typeof original>) {
    if (currentOperation() !== undefined) statements++
    return original.apply(this, args)
  } as typeof original
  archive = await openArchive('one process', { STRATA_MAX_COST: '1000000', STRATA_MAX_DEPTH: '30' })
  await fill(archive)
})
afterAll(async () => {
  pg.Client.prototype.query = original
  await archive?.[Symbol.asyncDispose]()
})

describe('more items take no more statements for', () => {
  test.each(cases)('$name', async ({ field, query }) => {
    const selection = selectionOf(field)
    // Twice each: the first one of all also fills caches, and a node looks up revoked tokens now and then.
    const counts: number[] = []
    for (const first of [few, few, many, many]) {
      statements = 0
      const { errors } = await archive.ask(query(selection, first))
      expect(errors, query(selection, first)).toEqual([])
      counts.push(statements)
    }
    const [, ofFew = 0, ...ofMany] = counts
    expect(Math.min(...ofMany), query(selection, many)).toBeLessThanOrEqual(ofFew)
  })
})

test('every object type that a list leads to is among them', () => {
  expect(places.length).toBeGreaterThan(30)
})

/** Each type by the shortest way from a list. */
function reachable(): readonly Place[] {
  const fields = schema.getQueryType()?.getFields() ?? {}
  const queue: Place[] = roots.flatMap((root): Place[] => {
    const field = fields[root] ?? expect.fail(root)
    const below = root === 'datasets' ? '' : 'nodes'
    const type = getNamedType(below === '' ? field.type : (getNamedType(field.type) as GraphQLObjectType).getFields()['nodes']?.type)
    const args = (first: number) => [`first: ${first}`, ...requiredOf(field)].join(', ')
    const query = (selection: string, first: number) =>
      below === '' ? `{ ${root}(${args(first)}) { ${selection} } }` : `{ ${root}(${args(first)}) { nodes { ${selection} } } }`
    return isObjectType(type) ? [{ type, query }] : []
  })
  const found = new Map<string, Place>()
  for (let place = queue.shift(); place !== undefined; place = queue.shift()) {
    if (found.has(place.type.name)) continue
    found.set(place.type.name, place)
    const { query } = place
    for (const field of Object.values(place.type.getFields())) {
      const type = getNamedType(field.type)
      if (isObjectType(type)) queue.push({ type, query: (selection, first) => query(`${call(field)} { ${selection} }`, first) })
    }
  }
  return [...found.values()]
}

function requiredOf(field: GraphQLField<unknown, unknown>): readonly string[] {
  return field.args.filter(isRequiredArgument).map(({ name }) => `${name}: ${given[name] ?? expect.fail(`no ${name} for ${field.name}`)}`)
}

function call(field: GraphQLField<unknown, unknown>): string {
  const args = [...requiredOf(field), ...(isList(field) && field.args.some(({ name }) => name === 'first') ? ['first: 3'] : [])]
  return args.length === 0 ? field.name : `${field.name}(${args.join(', ')})`
}

function isList({ type }: GraphQLField<unknown, unknown>): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type)
}

/** The field and, of an object, its leaves. */
function selectionOf(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type)
  if (isAbstractType(type)) return `${call(field)} { __typename }`
  if (!isObjectType(type)) return call(field)
  const leaves = Object.values(type.getFields()).filter(
    (inner) => isLeafType(getNamedType(inner.type)) && !inner.args.some(isRequiredArgument),
  )
  return `${call(field)} { __typename ${leaves.map(call).join(' ')} }`
}

/** Of everything that a list may show, as many as the longer lists have. */
async function fill({ ask, ...rest }: TestArchive): Promise<void> {
  const done = async (query: string, variables: object) => {
    const { data, errors } = await ask(query, variables as Record<string, unknown>)
    expect(errors).toEqual([])
    return data
  }
  const count = Array.from({ length: many }, (_, i) => i + 1)
  for (const i of count) {
    const hook = hookInput({ name: `hook${i}` })
    await done('mutation ($input: DeployInput!) { deploy(input: $input) { created } }', {
      input: { ...manifestWithHooks([hook]), slug: `numbers${i}`, schema: { ...manifestWithHooks([]).schema, id: `number${i}` } },
    })
    await done('mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount } }', {
      input: {
        convention: `numbers${i}`,
        source: { import: { sourceNode: 'here' } },
        records: count.map((n) => ({ sourceId: `r${n}`, metadata: { n } })),
      },
    })
  }
  const { pool } = rest.database
  const ended = (runs: number) =>
    eventually(async () => expect((await pool.query('select 1 from hook_run where finished_at is not null')).rowCount).toBe(runs), {
      timeout: 120_000,
    })
  await ended(many)
  for (const i of count) {
    const { release } = hookInput({ source: `export default ({ record }) => [{ value: record.metadata.n + ${i} }]` })
    await done('mutation ($input: CreateReleaseInput!) { createRelease(input: $input) { madeLive } }', {
      input: { hook: `hook${i}`, release },
    })
    await done('mutation ($input: BackfillInput!) { backfill(input: $input) { recordCount } }', { input: { hook: `hook${i}` } })
    await done('mutation ($input: CreateTokenInput!) { createToken(input: $input) { expiresAt } }', {
      input: { subject: `token${i}`, scopes: ['records:write'] },
    })
  }
  await ended(2 * many)
  for (const run of (await done('{ runs(first: 6) { nodes { id } } }', {})).runs.nodes)
    await done('mutation ($run: ID!) { reproduce(run: $run) { id } }', { run: run.id })
  await ended(3 * many)
  const alice = await depositorOn({ ask, ...rest }, { subject: 'alice', roles: ['DEPOSITOR'] })
  for (const i of count) await alice.create(`numbers${i}`, { n: i })
}
