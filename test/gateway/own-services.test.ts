import { describe, expect, expectTypeOf, test } from 'vitest'
import type { Context as Conventions } from '../../subgraphs/conventions/context.ts'
import type { Context as Data } from '../../subgraphs/data/context.ts'
import type { Context as Records } from '../../subgraphs/records/context.ts'
import type { Context as Registry } from '../../subgraphs/registry/context.ts'
import { mergeResolvers } from '../../subgraphs/server/merge-resolvers.ts'

describe("a resolver's context has the services and loaders of its own subgraph, and no others", () => {
  test('conventions', () => {
    expectTypeOf<keyof Conventions['services']>().toEqualTypeOf<'conventions' | 'schemas' | 'deploys'>()
    expectTypeOf<Conventions['loaders']>().not.toHaveProperty('record')
  })
  test('registry', () => {
    expectTypeOf<keyof Registry['services']>().toEqualTypeOf<
      'hooks' | 'releases' | 'runs' | 'logs' | 'backfills' | 'reproductions' | 'identity' | 'verification' | 'recordNames'
    >()
    expectTypeOf<Registry['loaders']>().not.toHaveProperty('convention')
  })
  test('records', () => {
    expectTypeOf<keyof Records['services']>().toEqualTypeOf<'records' | 'depositions' | 'files' | 'import'>()
    expectTypeOf<Records['loaders']>().not.toHaveProperty('run')
  })
  test('data', () => {
    expectTypeOf<keyof Data['services']>().toEqualTypeOf<
      'datasets' | 'outcomes' | 'downloads' | 'citations' | 'questions' | 'provenance' | 'recordNames'
    >()
    expectTypeOf<Data['loaders']>().not.toHaveProperty('release')
  })
})

test('modules add to the same type, and two that resolve the same field are refused', () => {
  const [live, runs] = [() => 'live', () => 'runs']
  expect(mergeResolvers([{ Hook: { live } }, { Hook: { runs }, Query: {} }])).toEqual({ Hook: { live, runs }, Query: {} })
  expect(() => mergeResolvers([{ Hook: { live } }, { Hook: { live: runs } }])).toThrow('Two modules resolve the field "Hook.live".')
})
