import { startOperation, type AnswerLimits } from '@strata/domain/shared'
import { buildSchema, execute, parse, type GraphQLSchema } from 'graphql'
import { expect, test } from 'vitest'
import { boundAnswers } from './bounded.ts'

const sdl = `
  directive @listSize(assumedSize: Int, slicingArguments: [String!], requireOneSlicingArgument: Boolean) on FIELD_DEFINITION
  scalar JSON
  type Query {
    few: [Item!]! @listSize(assumedSize: 3)
    some(first: Int): [Item!]! @listSize(assumedSize: 3, slicingArguments: ["first"])
    long: [Item!]! @listSize(assumedSize: 1000000)
    text: String
    tree: JSON
  }
  type Item { n: Int later: Int }
`
const items = (count: number) => Array.from({ length: count }, (_, n) => ({ n, later: async () => n }))
const plenty: AnswerLimits = { values: Infinity, bytes: Infinity, readBytes: Infinity }

function started(limits: Partial<AnswerLimits> = {}) {
  const controller = new AbortController()
  return {
    controller,
    operation: startOperation({
      limits: { ...plenty, ...limits },
      signal: controller.signal,
      giveUp: (reason) => (controller.abort(reason), true),
    }),
  }
}

function run(query: string, root: object, operation = started().operation, schema: GraphQLSchema = boundAnswers(buildSchema(sdl))) {
  return execute({ schema, document: parse(query), rootValue: root, contextValue: { operation } })
}

test('a list is never longer than its schema says, and is never cut silently', async () => {
  expect((await run('{ few { n } }', { few: items(3) })).errors).toBeUndefined()
  expect(await run('{ few { n } }', { few: items(4) })).toMatchObject({
    errors: [{ message: '"few" has 4 items here, and at most 3 are answered.' }],
  })
  expect(await run('{ few { n } }', { few: async () => items(4) })).toMatchObject({
    errors: [{ message: expect.stringContaining('at most 3') }],
  })
})

test('a list that takes "first" returns the first items when it is given, and asks for it when it is needed', async () => {
  expect(await run('{ some(first: 2) { n } }', { some: items(5) })).toEqual({ data: { some: [{ n: 0 }, { n: 1 }] } })
  expect((await run('{ some(first: 5) { n } }', { some: items(5) })).errors).toBeUndefined()
  expect(await run('{ some { n } }', { some: items(4) })).toMatchObject({
    errors: [{ message: expect.stringMatching(/without "first" at most 3.*up to 1,000/) }],
  })
  expect(await run('{ some(first: 1001) { n } }', { some: items(1) })).toMatchObject({
    errors: [{ message: expect.stringContaining('between 0 and 1000') }],
  })
})

test('an answer with too many values is aborted while it is built', async () => {
  const { operation } = started({ values: 1_000 })
  let resolved = 0
  const long = Array.from({ length: 5_000 }, () => ({ n: () => resolved++ }))
  void run('{ long { n } }', { long: long.slice(0, 900) }, operation)
  await expect.poll(() => operation.signal.aborted, { timeout: 20_000 }).toBe(true)
  expect(resolved).toBeLessThan(101)
})

test.each([
  ['one long text', '{ text }', { text: 'x'.repeat(2_000) }],
  ['many aliases of one text', `{ ${Array.from({ length: 60 }, (_, i) => `a${i}: text`).join(' ')} }`, { text: 'x'.repeat(40) }],
  [
    'many aliases of one tree',
    `{ ${Array.from({ length: 60 }, (_, i) => `a${i}: tree`).join(' ')} }`,
    { tree: { a: ['x'.repeat(20), { b: 'x'.repeat(20) }] } },
  ],
])('an answer with too many bytes is aborted: %s', async (_, query, root) => {
  const { operation } = started({ bytes: 1_000 })
  void run(query, root, operation)
  await expect
    .poll(() => operation.signal.reason, { timeout: 20_000 })
    .toMatchObject({ code: 'PAYLOAD_TOO_LARGE', message: expect.stringContaining('1,000 bytes') })
})

test('an aborted operation resolves no further fields', async () => {
  const { controller, operation } = started()
  let resolved = 0
  const root = { text: () => Promise.resolve('a'), few: () => (resolved++, items(1)) }
  controller.abort(new Error('nobody waits'))
  void run('{ text few { n } }', root, operation)
  expect(resolved).toBe(0)
})

test('a long answer is complete, and timers and sockets are served while it is built', async () => {
  let rounds = 0
  let isDone = false
  const count = () => {
    rounds++
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  const answer = await run('{ long { n later } }', { long: items(20_000) })
  isDone = true
  expect(answer.errors).toBeUndefined()
  expect((answer.data?.['long'] as readonly object[] | undefined)?.at(-1)).toEqual({ n: 19_999, later: 19_999 })
  expect(rounds).toBeGreaterThan(3)
}, 60_000)
