import type { DownloadedBytes } from '@strata/domain/dataset'
import type { MadeDownloads } from './services.ts'

const most = 1_000

/** Caches the digests of the latest complete downloads; others are computed again. */
export function madeDownloads(): MadeDownloads {
  const byTag = new Map<string, DownloadedBytes>()
  return {
    get: (tag) => byTag.get(tag),
    set(tag, made) {
      byTag.delete(tag)
      byTag.set(tag, made)
      const [oldest] = byTag.keys()
      if (byTag.size > most && oldest !== undefined) byTag.delete(oldest)
    },
  }
}
