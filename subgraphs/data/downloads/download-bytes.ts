import { createHash } from 'node:crypto'
import type { Download, DownloadedBytes, DownloadQueries } from '@strata/domain/dataset'
import { parseDigest } from '@strata/domain/shared'
import { gzipped } from './gzip.ts'

/** The bytes of a download as they are sent; what was counted on the way is told once all of them are out. */
export async function* downloadBytes(
  downloads: DownloadQueries,
  download: Download,
  o: { readonly stop: AbortSignal; readonly whenWhole: (made: DownloadedBytes) => void },
): AsyncGenerator<Uint8Array, void> {
  let rows = 0
  let bytes = 0
  const hash = createHash('sha256')
  for await (const piece of encoded()) {
    bytes += piece.length
    hash.update(piece)
    yield piece
  }
  o.whenWhole({ rows, bytes, sha256: parseDigest(`sha256:${hash.digest('hex')}`) })

  function encoded(): AsyncIterable<Uint8Array> {
    return download.format === 'csv.gz' ? gzipped(plain()) : plain()
  }

  async function* plain(): AsyncGenerator<Uint8Array, void> {
    for await (const piece of downloads.pieces(download, o.stop)) {
      rows += piece.rows ?? 0
      if (piece.bytes.length > 0) yield piece.bytes
    }
  }
}
