import type { DownloadedBytes } from '@strata/domain/dataset'
import type { MadeDownloads } from './services.ts'

const most = 1_000

/** Remembers the digests of the last downloads that were made to the end; whatever is forgotten is computed anew. */
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
