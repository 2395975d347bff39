import type { Bucket } from './bucket.ts'
import { createMultipart, partSize, uploadPart, type Multipart, type Part } from './multipart.ts'

/** Cuts a stream into parts: one on its way to the store while the next one fills, so that memory stays bounded. */
export interface PartWriter {
  write(chunk: Uint8Array): Promise<void>
  /** Waits for what is on its way; what is left is too short to be a part. */
  settle(): Promise<BegunParts>
}

export interface BegunParts {
  readonly multipart: Multipart | undefined
  readonly parts: readonly Part[]
  /** What came after the parts. */
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
    // A failure is handled where this part is awaited; until then the rejection has no handler.
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
  // A copy: a view would keep the whole part alive for its last few bytes.
  return [all.subarray(0, size), Buffer.from(all.subarray(size))]
}
