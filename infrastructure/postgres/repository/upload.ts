import type { UploadSessions } from '@strata/domain/record'
import { isStagingId, parseDigest } from '@strata/domain/shared'
import type { Upload } from '@strata/prisma/client'
import type { Database } from '../setup/connection.ts'

/** The resumable uploads under way; each call commits by itself, as requests come and go. */
export function uploadSessions({ prisma }: Pick<Database, 'prisma'>): UploadSessions {
  return {
    async add({ id, size, mediaType, expectedDigest, createdBy }) {
      const said = { mediaType: mediaType ?? null, expectedDigest: expectedDigest ?? null }
      await prisma.upload.create({ data: { id, size: BigInt(size), createdBy, ...said } })
    },
    async find(id) {
      const row = await prisma.upload.findUnique({ where: { id } })
      return row === null ? undefined : toSession(row)
    },
    async touch(id) {
      await prisma.upload.updateMany({ where: { id }, data: { touchedAt: new Date() } })
    },
    async finish(id, digest) {
      await prisma.upload.updateMany({ where: { id }, data: { digest, touchedAt: new Date() } })
    },
    async remove(id) {
      await prisma.upload.deleteMany({ where: { id } })
    },
    async removeStale(before) {
      await prisma.upload.deleteMany({ where: { touchedAt: { lt: before } } })
    },
  }
}

function toSession({ id, size, mediaType, expectedDigest, digest, createdBy }: Upload) {
  if (!isStagingId(id)) throw new Error(`${id} is no upload's id`)
  return {
    id,
    size: Number(size),
    createdBy,
    mediaType: mediaType ?? undefined,
    expectedDigest: expectedDigest === null ? undefined : parseDigest(expectedDigest),
    digest: digest === null ? undefined : parseDigest(digest),
  }
}
