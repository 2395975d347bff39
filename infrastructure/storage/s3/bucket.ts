import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'

/** A bucket and the client for it. */
export interface Bucket {
  readonly client: S3Client
  readonly name: string
  /** Whether clients download directly from the store. */
  readonly presigned: boolean
}

export interface BucketOptions {
  readonly endpoint: string | undefined
  readonly region: string
  readonly bucket: string
  readonly accessKeyId: string | undefined
  readonly secretAccessKey: string | undefined
  readonly forcePathStyle: boolean
  readonly presigned: boolean
}

export function openBucket(o: BucketOptions): Bucket {
  const config: S3ClientConfig = {
    region: o.region,
    forcePathStyle: o.forcePathStyle,
    // Stores other than Amazon's refuse the checksums that the SDK adds by default.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 4,
  }
  if (o.endpoint !== undefined) config.endpoint = o.endpoint
  if (o.accessKeyId !== undefined && o.secretAccessKey !== undefined) {
    config.credentials = { accessKeyId: o.accessKeyId, secretAccessKey: o.secretAccessKey }
  }
  return { client: new S3Client(config), name: o.bucket, presigned: o.presigned }
}
