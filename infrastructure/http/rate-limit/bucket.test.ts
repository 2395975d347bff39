import { describe, expect, test } from 'vitest'
import { addressKey, isLoopback } from './address-key.ts'
import { memoryBuckets } from './memory-buckets.ts'

test('a full bucket allows the requests of a minute at once, and then refills evenly', async () => {
  let now = 1_000_000
  const buckets = memoryBuckets({ now: () => now })
  const take = async () => buckets.take('a', 60)
  for (let left = 59; left >= 0; left--) expect(await take()).toMatchObject({ allowed: true, remaining: left, retryAfterSeconds: 0 })
  expect(await take()).toEqual({ allowed: false, limit: 60, remaining: 0, resetSeconds: 60, retryAfterSeconds: 1 })
  now += 1_000
  expect(await take()).toMatchObject({ allowed: true, remaining: 0 })
  expect(await take()).toMatchObject({ allowed: false })
  now += 60_000
  expect(await take()).toMatchObject({ allowed: true, remaining: 59, resetSeconds: 1 })
})

test('a refused request is not counted, so waiting for Retry-After is enough', async () => {
  let now = 0
  const buckets = memoryBuckets({ now: () => now })
  await buckets.take('a', 1)
  for (let i = 0; i < 10; i++) expect((await buckets.take('a', 1)).retryAfterSeconds).toBe(60)
  now += 60_000
  expect((await buckets.take('a', 1)).allowed).toBe(true)
})

test('buckets are forgotten from the least recently used on', async () => {
  const buckets = memoryBuckets({ most: 2, now: () => 0 })
  for (const key of ['a', 'b', 'a', 'c']) await buckets.take(key, 2)
  expect((await buckets.take('a', 2)).allowed).toBe(false)
  expect((await buckets.take('b', 2)).remaining).toBe(1)
})

describe('an address', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s counts as %s', (ip, key) => expect(addressKey(ip)).toBe(key))

  test('of this machine is known as such', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '10.0.0.1', '::2', '127.evil'].map(isLoopback)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ])
  })
})
