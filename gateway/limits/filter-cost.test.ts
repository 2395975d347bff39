import { Kind, parse, type FieldNode } from 'graphql'
import { expect, test } from 'vitest'
import { filterCost } from './filter-cost.ts'

const contains = '{ contains: { column: "a", value: "x" } }'

test.each([
  ['{ rows }', 0],
  ['{ rows(filter: { eq: { column: "contains", value: { contains: 1 } } }) }', 1],
  [`{ rows(filter: ${contains}) }`, 20],
  [`{ rows(filter: { any: [${contains}, { not: ${contains} }, { search: "a" }, { in: { column: "a", values: [1, 2, 3] } }] }) }`, 142],
  ['{ rows(filter: $f) }', 60],
  ['{ rows(filter: { any: $list }) }', 40],
  ['{ rows(filter: $none) }', 0],
])('%s costs %i', (query, cost) => {
  const variables: Readonly<Record<string, unknown>> = {
    f: { all: [{ contains: {} }, { not: { any: [{ startsWith: {} }, { contains: {} }] } }] },
    list: [{ contains: {} }, { contains: {} }],
  }
  expect(filterCost(fieldOf(query), (name) => variables[name])).toBe(cost)
})

function fieldOf(query: string): FieldNode {
  const [operation] = parse(query).definitions
  const field = operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections[0] : undefined
  if (field?.kind !== Kind.FIELD) throw new TypeError('no field')
  return field
}
