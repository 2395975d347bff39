import type { StagingId } from '@strata/domain/shared'
import { stagingKey, tailKey } from '../layout.ts'
import type { Bucket } from './bucket.ts'
import { listMultiparts, listParts, type Multipart, type Part } from './multipart.ts'
import { listObjects } from './objects.ts'

/** Where a resumable upload stands, as the store itself tells it: no other memory of it can disagree. */
export interface UploadState {
  readonly multipart: Multipart | undefined
  readonly parts: readonly Part[]
  /** What came after the last part, too short to be one. */
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
  // A tail is named by where it begins: one that became a part since is not counted again.
  const tail = objects.find((object) => object.key === tailKey(id, inParts))
  return { multipart, parts, tail, sealed: undefined, size: inParts + (tail?.size ?? 0) }
}
