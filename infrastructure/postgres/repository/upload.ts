import type { UploadSessions } from '@strata/domain/record'
import { isStagingId, parseDigest } from '@strata/domain/shared'
import type { Upload } from '@strata/prisma/client'
import type { Database } from '../session/connection.ts'
import { transaction } from '../session/transaction.ts'
import { claimUsage } from './upload-usage.ts'

/** The uploads under way. Each call is its own transaction, because an upload spans several requests. */
export function uploadSessions(database: Database): UploadSessions {
  const { prisma } = database
  return {
    async add({ id, size, mediaType, expectedDigest, createdBy, isResumable }, admit) {
      const said = { mediaType: mediaType ?? null, expectedDigest: expectedDigest ?? null }
      await transaction(database, async (tx) => {
        admit(await claimUsage(tx, createdBy))
        await tx.prisma.upload.create({ data: { id, size: BigInt(size), createdBy, resumable: isResumable, ...said } })
      })
    },
    grow: (id, actor, more) =>
      transaction(database, async (tx) => {
        const bytes = more(await claimUsage(tx, actor))
        await tx.prisma.upload.updateMany({ where: { id }, data: { size: { increment: BigInt(bytes) }, touchedAt: new Date() } })
        return bytes
      }),
    async find(id) {
      const row = await prisma.upload.findFirst({ where: { id, resumable: true } })
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
  if (!isStagingId(id)) throw new Error(`${id} is not an upload's id`)
  return {
    id,
    size: Number(size),
    createdBy,
    mediaType: mediaType ?? undefined,
    expectedDigest: expectedDigest === null ? undefined : parseDigest(expectedDigest),
    digest: digest === null ? undefined : parseDigest(digest),
  }
}
