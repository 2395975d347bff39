import { buildSchema, graphqlSync } from 'graphql'
import { expect, test } from 'vitest'
import { inputField } from './input-field.ts'

const schema = buildSchema(`
  type Query { f(input: Input!): Int }
  input Input { title: String! records: [Rec!] }
  input Rec { sourceId: String! }
`)

test.each([
  ['a wrong value deep inside', { title: 't', records: [{ sourceId: 'a' }, { sourceId: 1 }] }, 'input.records.1.sourceId'],
  ['a missing field at the top', {}, 'input.title'],
  ['a missing field inside', { title: 't', records: [{}] }, 'input.records.0.sourceId'],
  ['an unknown field', { title: 't', colour: 1 }, 'input.colour'],
  ['an unknown field with a suggestion', { title: 't', titel: 1 }, 'input.titel'],
  ['no variable at all', undefined, 'input'],
  ['null', null, 'input'],
  ['a text that looks like a path', { title: 't', records: [{ sourceId: ['x" at "input.evil"; '] }] }, 'input.records.0.sourceId'],
])('%s', (_, input, field) => {
  const { errors } = graphqlSync({ schema, source: 'query ($input: Input!) { f(input: $input) }', variableValues: { input } })
  expect(errors?.map((error) => inputField(error.message))).toContain(field)
})

test('an argument that is missing is named', () => {
  const { errors } = graphqlSync({ schema, source: '{ f }' })
  expect(errors?.map((error) => inputField(error.message))).toEqual(['input'])
})

test('a message about anything else has no field', () => {
  expect(inputField('Cannot query field "x" on type "Query".')).toBeUndefined()
})
