import { Unavailable } from '@strata/domain/shared'
import { expect, test } from 'vitest'
import { createRevocations } from './revocations.ts'

test('a revocation is known within five seconds, and concurrent checks load the list once', async () => {
  let [time, asked] = [0, 0]
  const revoked: string[] = []
  const isRevoked = createRevocations(
    async () => (asked++, [...revoked]),
    () => time,
  )
  expect(await Promise.all(['a', 'b', 'c'].map(isRevoked))).toEqual([false, false, false])
  expect(asked).toBe(1)
  revoked.push('a')
  time = 1_900
  expect(await isRevoked('a')).toBe(false)
  time = 2_100
  expect(await Promise.all(['a', 'b'].map(isRevoked))).toEqual([true, false])
  expect(asked).toBe(2)
})

test('when the list cannot be loaded, the last one is used for a few seconds, and then all tokens are refused', async () => {
  let [time, isGone] = [0, false]
  const isRevoked = createRevocations(
    async () => {
      if (isGone) throw new Error('the database is gone')
      return ['a']
    },
    () => time,
  )
  expect(await isRevoked('a')).toBe(true)
  isGone = true
  time = 3_900
  expect(await isRevoked('b')).toBe(false)
  time = 4_100
  await expect(isRevoked('b')).rejects.toThrow(Unavailable)
  isGone = false
  expect(await isRevoked('b')).toBe(false)
})
