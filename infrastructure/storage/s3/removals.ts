import { text } from 'node:stream/consumers'
import type { RemovalLog } from '@strata/domain/shared'
import { removalKey, removalOf, removalPrefix } from '../layout.ts'
import type { Bucket } from './bucket.ts'
import { getObject, listObjects, putObject } from './objects.ts'

export function s3Removals(bucket: Bucket): RemovalLog {
  return {
    add: (id, entry) => putObject(bucket, removalKey(id), Buffer.from(entry)),

    async *ids() {
      for await (const { key } of listObjects(bucket, removalPrefix)) {
        const id = removalOf(key)
        if (id !== undefined) yield id
      }
    },

    async read(id) {
      const body = await getObject(bucket, removalKey(id))
      return body === undefined ? undefined : text(body)
    },
  }
}
