import { buffer } from 'node:stream/consumers'
import type { Bucket } from './bucket.ts'
import { getObject } from './objects.ts'

/** The bytes of an interrupted upload after its last part. They are less than a part, so they fit into memory. */
export async function readTail(bucket: Bucket, tail: { readonly key: string } | undefined): Promise<Buffer> {
  if (tail === undefined) return Buffer.alloc(0)
  const content = await getObject(bucket, tail.key)
  if (content === undefined) throw new Error(`${tail.key} is not in the store any more`)
  return buffer(content)
}
