import fc from 'fast-check'
import { expect, test } from 'vitest'
import { edgesOfNumbers, edgesOfWhole } from './bucket-edges.ts'

const number = fc.double({ noNaN: true, noDefaultInfinity: true })
const buckets = fc.integer({ min: 1, max: 200 })

test('edges begin at the least value, ascend, and end before the greatest', () => {
  fc.assert(
    fc.property(number, number, buckets, (a, b, count) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)]
      const edges = edgesOfNumbers(low, high, count)
      expect(edges[0]).toBe(low)
      expect(edges.length).toBeLessThanOrEqual(count)
      edges.forEach((edge, i) => expect(edge > (edges[i - 1] ?? -Infinity) && Number.isFinite(edge) && (i === 0 || edge < high)).toBe(true))
    }),
    { numRuns: 2_000 },
  )
})

test('the buckets of numbers have equal width', () => {
  expect(edgesOfNumbers(0, 10, 5)).toEqual([0, 2, 4, 6, 8])
  expect(edgesOfNumbers(-1.7e308, 1.7e308, 2)).toEqual([-1.7e308, 0])
})

test('a single distinct value gives one bucket', () => {
  expect(edgesOfNumbers(3, 3, 20)).toEqual([3])
  expect(edgesOfWhole(3n, 3n, 20)).toEqual([3n])
})

test('between whole values there are no more buckets than values', () => {
  expect(edgesOfWhole(0n, 3n, 20)).toEqual([0n, 1n, 2n])
  expect(edgesOfWhole(-10n, 10n, 3)).toEqual([-10n, -4n, 3n])
})
