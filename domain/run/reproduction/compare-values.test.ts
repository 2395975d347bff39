import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isWithinTolerance } from './compare-values.ts'
import { sampleOf } from './reproduce-run.ts'

const near = (before: Parameters<typeof isWithinTolerance>[0], after: typeof before) => isWithinTolerance(before, after, 1e-9)

test.each([
  { title: 'numbers that are near', before: 1, after: 1 + 1e-10, same: true },
  { title: 'numbers that are not', before: 1, after: 1 + 1e-8, same: false },
  { title: 'the largest of opposite signs', before: Number.MAX_VALUE, after: -Number.MAX_VALUE, same: false },
  { title: 'the largest and its neighbour', before: Number.MAX_VALUE, after: Number.MAX_VALUE * (1 - 1e-12), same: true },
  { title: 'nothing is near to nought but itself', before: 0, after: 1e-300, same: false },
  { title: 'numbers deep inside', before: { a: [1, { b: 2 }] }, after: { a: [1, { b: 2 + 1e-12 }] }, same: true },
  { title: 'a list that is longer', before: [1], after: [1, 1], same: false },
  { title: 'a member that has another name', before: { a: 1 }, after: { b: 1 }, same: false },
  { title: 'a number and its text', before: 1, after: '1', same: false },
  { title: 'a row that is gone', before: { a: 1 }, after: null, same: false },
])('$title: $same', ({ before, after, same }) => {
  expect(near(before, after)).toBe(same)
  expect(near(after, before)).toBe(same)
})

test('every value is within tolerance of itself', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value)
      expect(near(JSON.parse(text), JSON.parse(text))).toBe(true)
    }),
  )
})

test('a sample is part of the batch in its order, and grows into the larger ones', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.uuid(), { minLength: 2, maxLength: 30 }), fc.nat(), (ids, n) => {
      const size = 1 + (n % (ids.length - 1))
      const sample = sampleOf(ids, size)
      expect(sample).toHaveLength(size)
      expect(ids.filter((id) => sample.includes(id))).toEqual(sample)
      expect(sampleOf(ids, size + 1)).toEqual(expect.arrayContaining([...sample]))
      expect(sampleOf(ids.toReversed(), size).toSorted()).toEqual(sample.toSorted())
    }),
  )
})
