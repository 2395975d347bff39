import { constants } from 'node:fs'
import { opendir, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { isStagingId, newStagingId, type Bytes, type StagingId, type Staging } from '@strata/domain/shared'
import { digestOfBytes, runningDigest } from '../digest-of-bytes.ts'
import { stagingKey, stagingPrefix } from '../layout.ts'
import { limited } from '../limited.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { refuseOffset } from '../wrong-offset.ts'
import { makePlace, openPlain, unlessMissing } from './place.ts'

const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL } = constants

export function fsStaging(root: string): Staging {
  const alone = oneAtATime()
  const pathOf = (id: StagingId) => join(root, stagingKey(id))
  const discard = (id: StagingId) => rm(pathOf(id), { force: true })

  async function opened(id: StagingId, flags: number): Promise<FileHandle> {
    await makePlace(root, pathOf(id))
    const handle = await openPlain(pathOf(id), flags)
    if (handle === undefined) throw new Error(`the upload ${id} could not be opened`)
    return handle
  }

  return {
    async put(bytes, { limit }) {
      const id = newStagingId()
      const running = runningDigest()
      try {
        const size = await writeTo(await opened(id, O_WRONLY | O_CREAT | O_EXCL), limited(bytes, limit, limit), 0, running.update)
        return { id, digest: running.digest(), size }
      } catch (fault) {
        await discard(id)
        throw fault
      }
    },

    append: (id, bytes, { at, limit }) =>
      alone(id, async () => {
        const handle = await opened(id, O_WRONLY | O_CREAT)
        const { size } = await handle.stat()
        if (size !== at) await handle.close()
        refuseOffset(at, size)
        return { size: await writeTo(handle, limited(bytes, limit - at, limit), at) }
      }),

    async offset(id) {
      const handle = await openPlain(pathOf(id), O_RDONLY)
      await using _closed = handle
      return handle === undefined ? 0 : (await handle.stat()).size
    },

    seal: (id) =>
      alone(id, async () => {
        const handle = await opened(id, O_RDONLY | O_CREAT)
        return { id, ...(await digestOfBytes(handle.createReadStream({ highWaterMark: 1_048_576 }))) }
      }),

    discard,

    async *stale(before) {
      const directory = await opendir(join(root, stagingPrefix)).catch(unlessMissing)
      for await (const { name } of directory ?? []) {
        if (isStagingId(name) && (await changedBefore(pathOf(name), before))) yield name
      }
    },
  }
}

/** Writes from `start`, syncs and closes; returns the new size. Bytes before a failure stay. */
async function writeTo(handle: FileHandle, bytes: Bytes, start: number, seen?: (chunk: Uint8Array) => void): Promise<number> {
  let end = start
  try {
    for await (const chunk of bytes) {
      for (let done = 0; done < chunk.length;) {
        const { bytesWritten } = await handle.write(chunk, done, chunk.length - done, end + done)
        done += bytesWritten
      }
      seen?.(chunk)
      end += chunk.length
    }
    await handle.sync()
    return end
  } finally {
    await handle.close()
  }
}

async function changedBefore(path: string, before: Date): Promise<boolean> {
  const handle = await openPlain(path, O_RDONLY)
  await using _closed = handle
  return handle !== undefined && (await handle.stat()).mtime < before
}
