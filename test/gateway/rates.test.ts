import { Redis } from 'ioredis'
import { describe, expect, test } from 'vitest'
import { isRedisInstalled, startRedisServer } from '../support/redis-server.ts'
import { ask } from './fixture/ask.ts'
import { startGateway, tokens } from './fixture/start-gateway.ts'

const query = '{ books { isbn } }'
const bearer = async (subject: string) => ({
  authorization: `Bearer ${await tokens.sign({ subject, roles: [], scopes: [], expiresInSeconds: 60 })}`,
})

async function untilRefused(url: string, headers: Record<string, string> = {}) {
  for (let letThrough = 0; letThrough < 100; letThrough++) {
    const answer = await ask(url, query, { headers })
    if (answer.status !== 200) return { letThrough, answer }
  }
  throw new Error('was never refused')
}

test('an address beyond its rate is refused, in JSON and headers, also with a sign-in', async () => {
  await using gateway = await startGateway({ settings: { STRATA_RATE_PER_ADDRESS: '10' } })
  const first = await ask(gateway.url, query)
  expect([first.headers.get('ratelimit-limit'), first.headers.get('ratelimit-remaining')]).toEqual(['10', '9'])

  const { letThrough, answer } = await untilRefused(gateway.url)
  expect(letThrough).toBe(9)
  expect([answer.status, answer.body.errors?.[0]?.extensions['code']]).toEqual([429, 'RATE_LIMITED'])
  expect(answer.body.errors?.[0]?.message).toMatch(/^More than 10 requests a minute came from this address; wait \d s/)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(6)
  expect((await ask(gateway.url, query, { headers: await bearer('ada') })).status).toBe(429)
  expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200)
})

test('a caller has a separate rate, from any address', async () => {
  await using gateway = await startGateway({ settings: { STRATA_RATE_PER_CALLER: '5' } })
  const { letThrough, answer } = await untilRefused(gateway.url, await bearer('ada'))
  expect([letThrough, answer.status, answer.headers.get('ratelimit-remaining')]).toEqual([5, 429, '0'])
  expect((await ask(gateway.url, query, { headers: await bearer('grace') })).status).toBe(200)
  expect((await ask(gateway.url, query)).status).toBe(200)
})

test('requests from the node’s own machine are not counted until it has a public address', async () => {
  await using local = await startGateway()
  expect((await ask(local.url, query)).headers.get('ratelimit-limit')).toBeNull()
  await using open = await startGateway({ settings: { STRATA_PUBLIC_URL: 'https://archive.example.org' } })
  expect((await ask(open.url, query)).headers.get('ratelimit-limit')).toBe('3000')
})

test('a trusted proxy names the caller; another proxy is counted itself', async () => {
  const settings = { STRATA_RATE_PER_ADDRESS: '1' }
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } })
  await using trusting = await startGateway({ settings: { ...settings, STRATA_TRUSTED_PROXIES: '127.0.0.1' } })
  expect((await ask(trusting.url, query, from('192.0.2.1'))).status).toBe(200)
  expect((await ask(trusting.url, query, from('192.0.2.2'))).status).toBe(200)
  expect((await ask(trusting.url, query, from('192.0.2.1'))).status).toBe(429)
  await using wary = await startGateway({ settings })
  expect((await ask(wary.url, query, from('192.0.2.1'))).status).toBe(200)
  expect((await ask(wary.url, query, from('192.0.2.2'))).status).toBe(429)
})

/** Resolves when so many processes have asked this Redis whether it is ready, after which they count in it. */
async function untilCounting(url: string, processes: number): Promise<void> {
  const redis = new Redis(url)
  try {
    const counting = async () =>
      String(await redis.client('LIST'))
        .split('\n')
        .filter((line) => /name=strata-rates .*cmd=info/.test(line))
    await expect.poll(counting).toHaveLength(processes)
  } finally {
    redis.disconnect()
  }
}

describe.skipIf(!isRedisInstalled())('with Redis', () => {
  test('processes count together; when it is gone, each counts separately', async () => {
    const redis = await startRedisServer()
    const settings = { STRATA_RATE_PER_ADDRESS: '10', REDIS_URL: redis.url }
    await using one = await startGateway({ settings })
    await using other = await startGateway({ settings })
    await untilCounting(redis.url, 2)
    for (let i = 0; i < 5; i++) {
      expect((await ask(one.url, query)).status).toBe(200)
      expect((await ask(other.url, query)).status).toBe(200)
    }
    const refused = await ask(one.url, query)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^[1-6]$/)])
    expect((await ask(other.url, query)).status).toBe(429)
    await redis.stop()
    expect((await ask(one.url, query)).status).toBe(200)
    expect((await untilRefused(one.url)).answer.status).toBe(429)
  })
})
