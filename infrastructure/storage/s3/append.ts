import type { Bytes, StagingId } from '@strata/domain/shared'
import type { Bucket } from './bucket.ts'
import { deleteObject, putObject } from './objects.ts'
import { partWriter, type PartWriter } from './part-writer.ts'
import { readTail } from './tail.ts'
import type { UploadState } from './upload-state.ts'
import { stagingKey, tailKey } from '../layout.ts'

/** Appends to an upload; returns its new size. Bytes before a failure of the stream stay. */
export async function appendTo(bucket: Bucket, id: StagingId, state: UploadState, bytes: Bytes): Promise<number> {
  const rest = await readTail(bucket, state.tail)
  const writer = partWriter(bucket, stagingKey(id), { ...state, rest })
  try {
    for await (const chunk of bytes) await writer.write(chunk)
  } catch (fault) {
    await keepTail(bucket, id, state, writer)
    throw fault
  }
  return keepTail(bucket, id, state, writer)
}

/** Writes the new tail before deleting the old one, so that a failure in between loses no byte. */
async function keepTail(bucket: Bucket, id: StagingId, { tail }: UploadState, writer: PartWriter): Promise<number> {
  const { parts, rest } = await writer.settle()
  const inParts = parts.reduce((size, part) => size + part.size, 0)
  const key = tailKey(id, inParts)
  if (rest.length > 0) await putObject(bucket, key, rest)
  if (tail !== undefined && tail.key !== key) await deleteObject(bucket, tail.key)
  return inParts + rest.length
}
