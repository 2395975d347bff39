import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import type { ByteRange } from '@strata/domain/shared'
import { Readable } from 'node:stream'
import type { Bucket } from './bucket.ts'

export interface StoredObject {
  readonly key: string
  readonly size: number
  readonly changedAt: Date
}

export async function sizeOf({ client, name }: Bucket, key: string): Promise<number | undefined> {
  const head = await client.send(new HeadObjectCommand({ Bucket: name, Key: key })).catch(unlessMissing)
  return head?.ContentLength
}

export async function getObject({ client, name }: Bucket, key: string, range?: ByteRange): Promise<Readable | undefined> {
  const part = range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` }
  const answer = await client.send(new GetObjectCommand({ Bucket: name, Key: key, ...part })).catch(unlessMissing)
  if (answer === undefined) return undefined
  if (answer.Body instanceof Readable) return answer.Body
  throw new Error(`the store answered for ${key} without a body`)
}

export async function putObject({ client, name }: Bucket, key: string, content: Uint8Array): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: name, Key: key, Body: content, ContentLength: content.length }))
}

export async function copyObject({ client, name }: Bucket, from: string, to: string): Promise<void> {
  await client.send(new CopyObjectCommand({ Bucket: name, CopySource: sourceOf(name, from), Key: to }))
}

export function sourceOf(bucket: string, key: string): string {
  return `${bucket}/${encodeURI(key)}`
}

export async function deleteObject({ client, name }: Bucket, key: string): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket: name, Key: key }))
}

export async function* listObjects({ client, name }: Bucket, prefix: string): AsyncIterable<StoredObject> {
  let token: string | undefined
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: name, Prefix: prefix, ...(token === undefined ? {} : { ContinuationToken: token }) }),
    )
    for (const { Key, Size, LastModified } of page.Contents ?? []) {
      if (Key !== undefined) yield { key: Key, size: Size ?? 0, changedAt: LastModified ?? new Date() }
    }
    token = page.IsTruncated === true ? page.NextContinuationToken : undefined
  } while (token !== undefined)
}

/** For look-ups: a missing object is a valid answer; any other error, like a missing bucket, is thrown. */
export function unlessMissing(fault: unknown): undefined {
  const isMissing = fault instanceof S3ServiceException && ['NotFound', 'NoSuchKey', 'NoSuchUpload'].includes(fault.name)
  if (isMissing) return undefined
  throw fault
}
