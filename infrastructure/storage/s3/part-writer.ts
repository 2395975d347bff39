import type { Bucket } from './bucket.ts'
import { createMultipart, partSize, uploadPart, type Multipart, type Part } from './multipart.ts'

/** Splits a stream into parts. One part uploads while the next one fills, so memory stays bounded. */
export interface PartWriter {
  write(chunk: Uint8Array): Promise<void>
  /** Waits for uploads in progress. The rest is too short for a part. */
  settle(): Promise<BegunParts>
}

export interface BegunParts {
  readonly multipart: Multipart | undefined
  readonly parts: readonly Part[]
  /** The bytes after the last part. */
  readonly rest: Buffer
}

export function partWriter(bucket: Bucket, key: string, begun: BegunParts): PartWriter {
  const parts = [...begun.parts]
  let multipart = begun.multipart
  let chunks: Uint8Array[] = [begun.rest]
  let waiting = begun.rest.length
  let number = parts.length + 1
  let onItsWay: Promise<void> = Promise.resolve()

  async function send(): Promise<void> {
    await onItsWay
    const [content, rest] = cut(chunks, partSize(number))
    chunks = [rest]
    waiting = rest.length
    multipart ??= await createMultipart(bucket, key)
    onItsWay = uploadPart(bucket, multipart, number, content).then((part) => void parts.push(part))
    // The failure is handled where this part is awaited; this avoids an unhandled rejection before.
    onItsWay.catch(() => {})
    number += 1
  }

  return {
    async write(chunk) {
      chunks.push(chunk)
      waiting += chunk.length
      while (waiting >= partSize(number)) await send()
    },
    async settle() {
      await onItsWay
      return { multipart, parts, rest: Buffer.concat(chunks) }
    },
  }
}

function cut(chunks: readonly Uint8Array[], size: number): [Buffer, Buffer] {
  const all = Buffer.concat(chunks)
  // A copy, because a view would keep the whole part in memory for its last few bytes.
  return [all.subarray(0, size), Buffer.from(all.subarray(size))]
}
