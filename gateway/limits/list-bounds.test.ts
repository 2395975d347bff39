import { readFileSync } from 'node:fs'
import { buildSchema, isObjectType, parse, type DocumentNode, type OperationDefinitionNode } from 'graphql'
import { describe, expect, test } from 'vitest'
import { isConnection, readListBounds, unboundedLists } from './list-bounds.ts'
import { measureOperation } from './measure-operation.ts'
import { weighted } from './weights.ts'

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
const schema = buildSchema(read('api.graphql'))
const bounds = readListBounds(read('supergraph.graphql'))

function measured(query: string, variables: Readonly<Record<string, unknown>> = {}) {
  const document: DocumentNode = parse(query)
  const [operation] = document.definitions.filter((node): node is OperationDefinitionNode => node.kind === 'OperationDefinition')
  if (operation === undefined) throw new Error('no operation')
  const { cost, mostExpensive } = measureOperation({ schema, bounds }, document, operation, (name) => variables[name])
  return { cost, mostExpensive: mostExpensive.path }
}

describe('the bounds of the archive’s lists', () => {
  test('exist for every list of the schema', () => {
    expect(unboundedLists(schema, bounds)).toEqual([])
  })

  test('are reported when one is missing', () => {
    const text =
      'type Query { books: [Book!]! few: [Int] shelves(first: Int): ShelfConnection } type Book { id: ID } type ShelfConnection { nodes: [Book!]! pageInfo: Int }'
    expect(
      unboundedLists(
        buildSchema(text),
        readListBounds('directive @listSize(assumedSize: Int) on FIELD_DEFINITION type Query { few: [Int] @listSize(assumedSize: 3) }'),
      ),
    ).toEqual(['Query.books'])
  })

  test('every page takes "first", or is inside a field that takes it', () => {
    const unpaged = Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields()).filter(
            (field) =>
              isConnection('ofType' in field.type ? field.type.ofType : field.type) && !field.args.some(({ name }) => name === 'first'),
          )
        : [],
    )
    expect(unpaged.map(({ name }) => name)).toEqual([])
  })

  test('have weights only for names that are in the schema', () => {
    const unknown = weighted.filter((name) => {
      const [type, field] = name.split('.')
      const found = schema.getType(type ?? '')
      return !isObjectType(found) || (field !== undefined && found.getFields()[field] === undefined)
    })
    expect(unknown).toEqual([])
  })
})

describe('the cost', () => {
  test('of a list is its bound, or the number that the query asks for', () => {
    expect(measured('{ record(srn: "a") { features(hook: "a") { id } } }').cost).toBe(101)
    expect(measured('{ record(srn: "a") { features(hook: "a", first: 1000) { id } } }').cost).toBe(1_001)
    expect(measured('query ($n: Int) { record(srn: "a") { features(hook: "a", first: $n) { id } } }', { n: 7 }).cost).toBe(8)
    expect(measured('{ provenance(of: "a", maxNodes: 500) { nodes { id } } }').cost).toBe(501)
    expect(measured('{ provenance(of: "a") { nodes { id } } }').cost).toBe(201)
    expect(measured('{ releaseDiff(hook: "a", from: 1, to: 2, examples: 150) { examples { ordinal } } }').cost).toBe(151)
    expect(measured('{ aggregate(convention: "a", table: "a", measures: [], limit: 30) { keys } }').cost).toBe(30)
    expect(measured('{ why(row: "a") { supersedes { id } } }').cost).toBe(101)
    expect(measured('{ conventions(first: 7) { nodes { slug } edges { node { slug } } totalCount } }').cost).toBe(1 + 7 + 7 * 2)
  })

  test('multiplies nested lists, also through fragments and aliases', () => {
    const { cost, mostExpensive } = measured(
      '{ a: records(first: 100) { ...F } b: records(first: 100) { ...F } } fragment F on RecordConnection { nodes { features(hook: "a", first: 1000) { id } } }',
    )
    expect(cost).toBe(2 * (1 + 100 * (1 + 1_000)))
    expect(mostExpensive).toBe('records.nodes.features')
  })

  test('includes lists of values and reads from storage', () => {
    expect(measured('{ releaseDiff(hook: "a", from: 1, to: 2, examples: 200) { examples { columns } } }').cost).toBe(
      1 + 200 * (1 + 500 * 0.02),
    )
    expect(measured('{ runs(first: 10) { nodes { log } } }').cost).toBe(1 + 10 * 26)
  })
})
