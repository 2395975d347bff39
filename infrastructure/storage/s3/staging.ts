import { isStagingId, newStagingId, type Staging, type StagingId } from '@strata/domain/shared'
import { digestOfBytes, runningDigest } from '../digest-of-bytes.ts'
import { stagingKey, stagingNameOf, stagingPrefix } from '../layout.ts'
import { limited } from '../limited.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { refuseOffset } from '../wrong-offset.ts'
import { appendTo } from './append.ts'
import type { Bucket } from './bucket.ts'
import { abortAll, completeMultipart, listMultiparts, listParts, uploadPart } from './multipart.ts'
import { deleteObject, getObject, listObjects, putObject } from './objects.ts'
import { partWriter, type BegunParts } from './part-writer.ts'
import { readTail } from './tail.ts'
import { uploadState } from './upload-state.ts'

export function s3Staging(bucket: Bucket): Staging {
  const alone = oneAtATime()

  async function discard(id: StagingId): Promise<void> {
    await abortAll(bucket, stagingKey(id))
    for await (const { key } of listObjects(bucket, stagingKey(id))) await deleteObject(bucket, key)
  }

  return {
    async put(bytes, { limit }) {
      const id = newStagingId()
      const running = runningDigest()
      const writer = partWriter(bucket, stagingKey(id), { multipart: undefined, parts: [], rest: Buffer.alloc(0) })
      let size = 0
      try {
        for await (const chunk of limited(bytes, limit, limit)) {
          running.update(chunk)
          size += chunk.length
          await writer.write(chunk)
        }
        await complete(bucket, id, await writer.settle())
        return { id, digest: running.digest(), size }
      } catch (fault) {
        // Otherwise a part in flight would recreate the upload after it was ended.
        await writer.settle().catch(() => {})
        await discard(id)
        throw fault
      }
    },

    append: (id, bytes, { at, limit }) =>
      alone(id, async () => {
        const state = await uploadState(bucket, id)
        refuseOffset(at, state.size)
        const incoming = limited(bytes, limit - at, limit)
        if (state.sealed === undefined) return { size: await appendTo(bucket, id, state, incoming) }
        return { size: state.size + (await digestOfBytes(incoming)).size }
      }),

    offset: async (id) => (await uploadState(bucket, id)).size,

    seal: (id) =>
      alone(id, async () => {
        const state = await uploadState(bucket, id)
        if (state.sealed === undefined) await complete(bucket, id, { ...state, rest: await readTail(bucket, state.tail) })
        const content = await getObject(bucket, stagingKey(id))
        if (content === undefined) throw new Error(`the upload ${id} was swept while it was sealed`)
        return { id, ...(await digestOfBytes(content)) }
      }),

    discard,

    async *stale(before) {
      for (const [id, changedAt] of await changes(bucket)) if (changedAt < before) yield id
    },
  }
}

/** Combines the parts into one object. */
async function complete(bucket: Bucket, id: StagingId, { multipart, parts, rest }: BegunParts): Promise<void> {
  if (multipart === undefined) return putObject(bucket, stagingKey(id), rest)
  const last = rest.length === 0 ? [] : [await uploadPart(bucket, multipart, parts.length + 1, rest)]
  await completeMultipart(bucket, multipart, [...parts, ...last])
}

/** When each upload was last written to. All of staging fits into memory: it is the unfinished work of a day. */
async function changes(bucket: Bucket): Promise<Map<StagingId, Date>> {
  const newest = new Map<StagingId, Date>()
  const note = (key: string, at: Date) => {
    const id = stagingNameOf(key)
    if (!isStagingId(id)) return
    const known = newest.get(id)
    if (known === undefined || known < at) newest.set(id, at)
  }
  for await (const { key, changedAt } of listObjects(bucket, stagingPrefix)) note(key, changedAt)
  for await (const multipart of listMultiparts(bucket, stagingPrefix)) {
    note(multipart.key, multipart.begunAt)
    for (const part of await listParts(bucket, multipart)) note(multipart.key, part.changedAt)
  }
  return newest
}
