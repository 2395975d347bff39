import { spend, type Buckets } from './bucket.ts'

/** Buckets of this process. The least recently used are dropped first, so that many addresses cannot fill the memory. */
export function memoryBuckets(o: { most?: number; now?: () => number } = {}): Buckets {
  const { most = 100_000, now = Date.now } = o
  const fullAt = new Map<string, number>()
  return {
    async take(key, perMinute) {
      const spent = spend(fullAt.get(key) ?? 0, perMinute, now())
      fullAt.delete(key)
      fullAt.set(key, spent.fullAt)
      const [oldest] = fullAt.size > most ? fullAt.keys() : []
      if (oldest !== undefined) fullAt.delete(oldest)
      return spent.turn
    },
    async close() {
      fullAt.clear()
    },
  }
}
