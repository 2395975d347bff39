import { GetObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { Blobs } from '@strata/domain/shared'
import { blobKey, stagingKey } from '../layout.ts'
import type { Bucket } from './bucket.ts'
import { copyWhole } from './copy.ts'
import { abortAll } from './multipart.ts'
import { deleteObject, getObject, sizeOf } from './objects.ts'

const linkSeconds = 300

export function s3Blobs(bucket: Bucket): Blobs {
  return {
    async commit(id, digest) {
      if ((await sizeOf(bucket, blobKey(digest))) !== undefined) return
      await copyWhole(bucket, stagingKey(id), blobKey(digest))
    },

    async stat(digest) {
      const size = await sizeOf(bucket, blobKey(digest))
      return size === undefined ? undefined : { size }
    },

    open: (digest, range) => getObject(bucket, blobKey(digest), range),

    async link(digest, { mediaType, disposition, mayBeKept }) {
      if (!bucket.presigned) return undefined
      const command = new GetObjectCommand({
        Bucket: bucket.name,
        Key: blobKey(digest),
        ResponseContentType: mediaType,
        ResponseContentDisposition: disposition,
        ResponseCacheControl: mayBeKept ? 'private, max-age=31536000, immutable' : 'private, no-store',
      })
      return getSignedUrl(bucket.client, command, { expiresIn: linkSeconds })
    },

    async remove(digest) {
      await abortAll(bucket, blobKey(digest))
      await deleteObject(bucket, blobKey(digest))
    },
  }
}
