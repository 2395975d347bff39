import { createHash } from 'node:crypto'
import { parseDigest, type Bytes, type Digest } from '@strata/domain/shared'

/** Hashes a stream as it passes. */
export function runningDigest(): { update(chunk: Uint8Array): void; digest(): Digest } {
  const hash = createHash('sha256')
  return { update: (chunk) => void hash.update(chunk), digest: () => parseDigest(`sha256:${hash.digest('hex')}`) }
}

export async function digestOfBytes(bytes: Bytes): Promise<{ digest: Digest; size: number }> {
  const running = runningDigest()
  let size = 0
  for await (const chunk of bytes) {
    running.update(chunk)
    size += chunk.length
  }
  return { digest: running.digest(), size }
}
