import fc from 'fast-check'
import { expect, test } from 'vitest'
import { afterKnown } from './after-known.ts'

const anyBytes = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes))

function readAgain(known: Buffer, pieces: readonly Buffer[]): { news: string; lossy: boolean } {
  const after = afterKnown(known)
  const taken = pieces.map((piece) => after.take(piece))
  const { bytes, lossy } = after.rest()
  return { news: Buffer.concat([...taken, bytes]).toString('hex'), lossy }
}

test('a log read again from its beginning has exactly what is not known yet, wherever it breaks', () => {
  fc.assert(
    fc.property(anyBytes, anyBytes, fc.integer({ min: 1, max: 20 }), (known, more, size) => {
      const whole = Buffer.concat([known, more])
      const pieces = Array.from({ length: Math.ceil(whole.length / size) }, (_, i) => whole.subarray(i * size, (i + 1) * size))
      expect(readAgain(known, pieces)).toEqual({ news: more.toString('hex'), lossy: false })
    }),
  )
})

test('one that ends before what is known has no news', () => {
  expect(readAgain(Buffer.from('abcdef'), [Buffer.from('abc')])).toEqual({ news: '', lossy: false })
})

test('a file that was cut in the meantime is taken up where the known part ends, and said to be lossy', () => {
  const { news, lossy } = readAgain(Buffer.from('one\ntwo\nthree\n'), [Buffer.from('thr'), Buffer.from('ee\nfour\n')])
  expect(Buffer.from(news, 'hex').toString()).toBe('four\n')
  expect(lossy).toBe(true)
})

test('one that has nothing in common with what is known is all news', () => {
  expect(readAgain(Buffer.from('one\n'), [Buffer.from('five\n')])).toEqual({ news: Buffer.from('five\n').toString('hex'), lossy: true })
})
