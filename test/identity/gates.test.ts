import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gates, restrictedReads, type Gate } from '@strata/domain/identity'
import Fastify from 'fastify'
import { buildSchema, getNamedType, isInputObjectType, isListType, isNonNullType, type GraphQLInputType } from 'graphql'
import { expect, test } from 'vitest'
import { requireGates } from '../../gateway/access/gated-routes.ts'

const served = buildSchema(readFileSync(join(import.meta.dirname, '../../gateway/api.graphql'), 'utf8'))
const mutations = Object.values(served.getMutationType()?.getFields() ?? {})
const declared: Readonly<Record<string, Gate>> = gates

test('every mutation of the served schema has a gate', () => {
  expect(mutations.length).toBeGreaterThan(10)
  expect(mutations.map(({ name }) => name).filter((name) => !Object.hasOwn(gates, name))).toEqual([])
})

test('every restricted read is a query of the schema', () => {
  expect(Object.keys(restrictedReads).filter((name) => !served.getQueryType()?.getFields()[name])).toEqual([])
})

// A path that leads nowhere would make a narrowed scope worthless without a word.
test.each(mutations.map(({ name, args }) => ({ name, args })))('the gate of $name names arguments that it has', ({ name, args }) => {
  const gate = declared[name]
  for (const path of [gate?.on?.name, gate?.narrowedNeeds?.names]) {
    if (path === undefined) continue
    const [first, ...rest] = path.split('.')
    expect(leadsToText(args.find((arg) => arg.name === first)?.type, rest), path).toBe(true)
  }
})

test('a route that can change something and has no gate stops the gateway from starting', () => {
  const app = Fastify()
  requireGates(app)
  app.get('/read', async () => 'read')
  app.put('/files', { config: { gate: 'publishRecords' } }, async () => 'written')
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    expect(() => app.route({ method, url: '/open', handler: async () => 'oops' })).toThrow(
      `${method} /open can change something and has no gate`,
    )
  }
  expect(() => app.route({ method: ['GET', 'POST'], url: '/both', handler: async () => 'oops' })).toThrow('/both')
})

function leadsToText(type: GraphQLInputType | undefined, path: readonly string[]): boolean {
  const [key, ...rest] = path
  const bare = isNonNullType(type) ? type.ofType : type
  if (bare === undefined) return false
  if (key === undefined) return ['String', 'ID', 'SRN'].includes(getNamedType(bare).name) && !isListType(bare)
  if (key === '*') return isListType(bare) && leadsToText(bare.ofType, rest)
  return isInputObjectType(bare) && leadsToText(bare.getFields()[key]?.type, rest)
}
