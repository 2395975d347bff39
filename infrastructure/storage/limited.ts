import { PayloadTooLarge, type Bytes } from '@strata/domain/shared'

/** The same bytes, refused as soon as there are more than `room` of them: `limit` less what came before. */
export async function* limited(bytes: Bytes, room: number, limit: number): Bytes {
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > room) throw new PayloadTooLarge(`More than ${limit} bytes came; that is the most this upload may have.`)
    yield chunk
  }
}
