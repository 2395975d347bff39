import { constants } from 'node:fs'
import { lstat, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Blobs, Digest } from '@strata/domain/shared'
import { blobKey, stagingKey } from '../layout.ts'
import { makePlace, openPlain, syncPlace, unlessMissing } from './place.ts'

export function fsBlobs(root: string): Blobs {
  const pathOf = (digest: Digest) => join(root, blobKey(digest))

  return {
    async commit(id, digest) {
      const path = pathOf(digest)
      if ((await plainSize(path)) !== undefined) return
      await makePlace(root, path)
      // The staged file has been synced, so the new name never refers to partial content.
      await rename(join(root, stagingKey(id)), path)
      await syncPlace(root, path)
    },

    async stat(digest) {
      const size = await plainSize(pathOf(digest))
      return size === undefined ? undefined : { size }
    },

    async open(digest, range) {
      const handle = await openPlain(pathOf(digest), constants.O_RDONLY)
      return handle?.createReadStream({ highWaterMark: 262_144, ...range })
    },

    link: async () => undefined,

    remove: (digest) => rm(pathOf(digest), { force: true }),
  }
}

async function plainSize(path: string): Promise<number | undefined> {
  const stats = await lstat(path).catch(unlessMissing)
  return stats?.isFile() ? stats.size : undefined
}
