import fc from 'fast-check'
import { expect, test } from 'vitest'
import { indexName } from './index-name.ts'

// The longest names that people can choose, and those that would meet when they are only put together.
const table = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9_-]{0,49}_v[0-9]{1,6}$/),
  fc.constantFrom(...['x', 'x_v1', 'x_v1_y', 'x'.repeat(50)].map((id) => `${id}_v1`)),
)
const column = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9_]{0,62}$/),
  fc.constantFrom('y', 'y_v1', 'v1_y', 'y_v1_z', 'a'.repeat(63), `${'a'.repeat(62)}b`),
)

test('two columns never share the name of an index, nor does an index have that of a table', () => {
  fc.assert(
    fc.property(table, column, table, column, (tableA, columnA, tableB, columnB) => {
      const [a, b] = [indexName(tableA, columnA), indexName(tableB, columnB)]
      expect(a === b).toBe(tableA === tableB && columnA === columnB)
      expect([tableA, tableB]).not.toContain(a)
    }),
    { numRuns: 5_000 },
  )
})

test('no name is longer than PostgreSQL keeps', () => {
  fc.assert(fc.property(table, column, (one, other) => Buffer.byteLength(indexName(one, other)) <= 63))
})

test('long names that differ at their ends stay apart', () => {
  const long = `${'x'.repeat(50)}_v1`
  expect(indexName(long, `${'a'.repeat(62)}b`)).not.toBe(indexName(long, `${'a'.repeat(62)}c`))
})
