import type { StagingId } from '@strata/domain/shared'
import { stagingKey, tailKey } from '../layout.ts'
import type { Bucket } from './bucket.ts'
import { listMultiparts, listParts, type Multipart, type Part } from './multipart.ts'
import { listObjects } from './objects.ts'

/** The state of a resumable upload, read from the store, which is the only record of it. */
export interface UploadState {
  readonly multipart: Multipart | undefined
  readonly parts: readonly Part[]
  /** The bytes after the last part, too short for a part. */
  readonly tail: { readonly key: string; readonly size: number } | undefined
  /** The size of a sealed upload. */
  readonly sealed: number | undefined
  readonly size: number
}

export async function uploadState(bucket: Bucket, id: StagingId): Promise<UploadState> {
  const key = stagingKey(id)
  const objects = await Array.fromAsync(listObjects(bucket, key))
  const sealed = objects.find((object) => object.key === key)?.size
  if (sealed !== undefined) return { multipart: undefined, parts: [], tail: undefined, sealed, size: sealed }

  const [multipart] = await Array.fromAsync(listMultiparts(bucket, key))
  const parts = multipart === undefined ? [] : await listParts(bucket, multipart)
  const inParts = parts.reduce((size, part) => size + part.size, 0)
  // A tail's name has its offset, so a tail that has become a part is not counted again.
  const tail = objects.find((object) => object.key === tailKey(id, inParts))
  return { multipart, parts, tail, sealed: undefined, size: inParts + (tail?.size ?? 0) }
}
