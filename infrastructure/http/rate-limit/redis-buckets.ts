import { Redis } from 'ioredis'
import type { Logger } from '../../telemetry/index.ts'
import { minute, turnOf, type Buckets } from './bucket.ts'
import { memoryBuckets } from './memory-buckets.ts'

/**
 * Buckets shared by all processes. While Redis does not answer, each process counts separately, so that the archive neither runs
 * without limits nor refuses all requests.
 */
export function redisBuckets(o: { redisUrl: string; log: Logger }): Buckets {
  const redis = new Redis(o.redisUrl, {
    connectionName: 'strata-rates',
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    commandTimeout: 500,
  })
  redis.on('error', (err) => o.log.warn({ err }, 'each process counts request rates separately, because Redis does not answer'))
  const meanwhile = memoryBuckets()
  return {
    async take(key, perMinute) {
      if (redis.status !== 'ready') return meanwhile.take(key, perMinute)
      try {
        const [allowed, ahead] = answerOf(await redis.eval(spendInRedis, 1, `strata:rate:${key}`, minute / perMinute, minute))
        return turnOf({ allowed: allowed === 1, ahead, perMinute })
      } catch (err) {
        o.log.warn({ err }, 'this process counted a request rate separately, because Redis did not answer')
        return meanwhile.take(key, perMinute)
      }
    },
    async close() {
      redis.disconnect()
      await meanwhile.close()
    },
  }
}

/** Like `spend` in bucket.ts, atomically and with the clock of Redis. */
const spendInRedis = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local share, minute = tonumber(ARGV[1]), tonumber(ARGV[2])
local before = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
local after = before + share
if after - now > minute + 0.001 then
  return { 0, tostring(before - now) }
end
redis.call('SET', KEYS[1], string.format('%.3f', after), 'PX', math.ceil(after - now) + 1000)
return { 1, tostring(after - now) }
`

function answerOf(answer: unknown): readonly [number, number] {
  if (!Array.isArray(answer)) throw new TypeError('Redis answered the script with no list.')
  return [Number(answer[0]), Number(answer[1])]
}
