import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gates } from '@strata/domain/identity'
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql'
import { describe, expect, test } from 'vitest'

// The promise, and what the gateway serves. Some of the promise is still to come; none of what is served may differ.
const promised = buildSchema(readFileSync(join(import.meta.dirname, 'contract.graphql'), 'utf8'))
const served = buildSchema(readFileSync(join(import.meta.dirname, '../../gateway/api.graphql'), 'utf8'))

describe('what the gateway serves', () => {
  test('has the shapes that were promised', () => {
    expect(differences(served)).toEqual([])
  })

  test('would be noticed if it had not', () => {
    const broken = buildSchema(
      'type Query { convention(slug: ID!): Convention rows(convention: String!): Int } type Convention { slug: String } enum Direction { UP }',
    )
    expect(differences(broken)).toEqual([
      'Query.convention(slug) is ID!, promised was String!',
      'Query.rows is Int, promised was TableRowConnection!',
      'Convention.slug is String, promised was String!',
      'Direction has UP, which was not promised',
    ])
  })

  test('has a gate for every mutation, and no gate without one', () => {
    const mutations = Object.keys(served.getMutationType()?.getFields() ?? {})
    expect(mutations.filter((name) => !Object.hasOwn(gates, name))).toEqual([])
  })
})

function differences(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    const promise = type.name.startsWith('__') ? undefined : promised.getType(type.name)
    return promise === undefined ? [] : differencesOf(type, promise)
  })
}

function differencesOf(type: GraphQLNamedType, promise: GraphQLNamedType): string[] {
  if (isEnumType(type) && isEnumType(promise)) {
    const values = new Set(promise.getValues().map(({ name }) => name))
    return type.getValues().flatMap(({ name }) => (values.has(name) ? [] : [`${type.name} has ${name}, which was not promised`]))
  }
  if (!hasFields(type) || !hasFields(promise)) return type.constructor === promise.constructor ? [] : [`${type.name} is of another kind`]
  const fields: Record<string, Field> = promise.getFields()
  return Object.values<Field>(type.getFields()).flatMap((field) => {
    const promisedField = fields[field.name]
    return promisedField === undefined ? [] : differencesOfField(`${type.name}.${field.name}`, field, promisedField)
  })
}

type Field = GraphQLField<unknown, unknown> | GraphQLInputField

function differencesOfField(name: string, field: Field, promise: Field): string[] {
  const type = differs(name, field, promise)
  const args = 'args' in promise ? promise.args : []
  const served = 'args' in field ? field.args : []
  return [
    ...type,
    ...served.flatMap((arg) => {
      const same = args.find((other) => other.name === arg.name)
      return same === undefined ? [] : differs(`${name}(${arg.name})`, arg, same)
    }),
  ]
}

function differs(name: string, is: { type: unknown }, was: { type: unknown }): string[] {
  return String(is.type) === String(was.type) ? [] : [`${name} is ${String(is.type)}, promised was ${String(was.type)}`]
}

function hasFields(type: GraphQLNamedType) {
  return isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
}
