import type { FastifyInstance } from 'fastify'
import type { Logger } from '../../telemetry/index.ts'
import { addressKey, isLoopback } from './address-key.ts'
import type { Buckets } from './bucket.ts'
import { memoryBuckets } from './memory-buckets.ts'
import { redisBuckets } from './redis-buckets.ts'
import { rateHeaders, TooManyRequests } from './too-many-requests.ts'

export interface Rates {
  /** Requests per minute; 0 is no limit. */
  readonly perAddress: number
  readonly perCaller: number
  readonly exemptLoopback: { readonly perAddress: boolean; readonly perCaller: boolean }
}

/** Counts a request of an authenticated caller; throws beyond the limit. */
export type CountCaller = (caller: string, ip: string) => Promise<void>

/**
 * Counts every request by address before reading it, except for the paths in `uncounted`. Returns a function that counts by
 * caller, for use once the caller is known.
 */
export function limitRates(
  app: FastifyInstance,
  o: { rates: Rates; redisUrl: string | undefined; log: Logger; uncounted: readonly string[] },
): CountCaller {
  const { rates } = o
  const buckets: Buckets = o.redisUrl === undefined ? memoryBuckets() : redisBuckets({ redisUrl: o.redisUrl, log: o.log })
  app.addHook('onClose', () => buckets.close())

  app.addHook('onRequest', async (request, reply) => {
    if (rates.perAddress === 0 || (rates.exemptLoopback.perAddress && isLoopback(request.ip))) return
    if (o.uncounted.includes(request.url.split('?', 1)[0] ?? '')) return
    const turn = await buckets.take(`address:${addressKey(request.ip)}`, rates.perAddress)
    reply.headers(rateHeaders(turn))
    if (!turn.allowed) throw new TooManyRequests('came from this address', turn)
  })

  return async (caller, ip) => {
    if (rates.perCaller === 0 || (rates.exemptLoopback.perCaller && isLoopback(ip))) return
    const turn = await buckets.take(`caller:${caller}`, rates.perCaller)
    if (!turn.allowed) throw new TooManyRequests('were sent with this sign-in', turn)
  }
}
