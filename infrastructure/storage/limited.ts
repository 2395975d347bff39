import { PayloadTooLarge, type Bytes } from '@strata/domain/shared'

/** Passes bytes through and fails when there are more than `room`: `limit` minus what arrived before. */
export async function* limited(bytes: Bytes, room: number, limit: number): Bytes {
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > room) throw new PayloadTooLarge(`More than ${limit} bytes arrived, which is the maximum for this upload.`)
    yield chunk
  }
}
