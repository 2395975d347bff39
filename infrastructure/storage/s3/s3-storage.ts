import type { Storage } from '@strata/domain/shared'
import { s3Blobs } from './blobs.ts'
import { openBucket, type BucketOptions } from './bucket.ts'
import { s3Removals } from './removals.ts'
import { s3Staging } from './staging.ts'

/** Content in a bucket. */
export function s3Storage(options: BucketOptions): Storage {
  const bucket = openBucket(options)
  return { blobs: s3Blobs(bucket), staging: s3Staging(bucket), removals: s3Removals(bucket) }
}
