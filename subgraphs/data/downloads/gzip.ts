import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'

const blockBytes = 1 << 16

/**
 * Compressed as it comes. The header has no time in it, and the compressor is fed blocks of one size: so the same content
 * becomes the same bytes, however it arrived.
 */
export async function* gzipped(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const gzip = createGzip({ level: 6, chunkSize: blockBytes })
  const feeding = pipeline(Readable.from(inBlocks(pieces), { objectMode: true, highWaterMark: 2 }), gzip)
  // The reader of the compressed bytes gets the error there.
  feeding.catch(() => {})
  yield* gzip as AsyncIterable<Uint8Array>
  await feeding
}

async function* inBlocks(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void> {
  let block = Buffer.allocUnsafe(blockBytes)
  let filled = 0
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length;) {
      const part = piece.subarray(at, at + blockBytes - filled)
      block.set(part, filled)
      filled += part.length
      at += part.length
      if (filled < blockBytes) continue
      yield block
      block = Buffer.allocUnsafe(blockBytes)
      filled = 0
    }
  }
  if (filled > 0) yield block.subarray(0, filled)
}
