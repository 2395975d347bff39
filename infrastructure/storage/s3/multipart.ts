import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  type ListPartsCommandOutput,
  type ListMultipartUploadsCommandOutput,
  UploadPartCommand,
  type CompletedPart,
} from '@aws-sdk/client-s3'
import type { Bucket } from './bucket.ts'
import { unlessMissing } from './objects.ts'

/** A multipart upload: parts that become one object atomically when it is completed. */
export interface Multipart {
  readonly key: string
  readonly id: string
}

export interface Part {
  readonly number: number
  readonly etag: string
  readonly size: number
  readonly changedAt: Date
}

const mebi = 1_048_576

/** The store allows 10,000 parts. Their size doubles every thousand, so that 8 TiB fit without knowing the size in advance. */
export function partSize(number: number): number {
  return 8 * mebi * 2 ** Math.floor((number - 1) / 1000)
}

export async function createMultipart({ client, name }: Bucket, key: string): Promise<Multipart> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: name, Key: key }))
  return { key, id: given(UploadId, 'an upload id') }
}

export async function uploadPart({ client, name }: Bucket, to: Multipart, number: number, content: Buffer): Promise<Part> {
  const { ETag } = await client.send(
    new UploadPartCommand({ Bucket: name, Key: to.key, UploadId: to.id, PartNumber: number, Body: content, ContentLength: content.length }),
  )
  return { number, etag: given(ETag, 'an ETag'), size: content.length, changedAt: new Date() }
}

export async function completeMultipart({ client, name }: Bucket, { key, id }: Multipart, parts: readonly Part[]): Promise<void> {
  const Parts: CompletedPart[] = parts.map(({ number, etag }) => ({ PartNumber: number, ETag: etag }))
  await client.send(new CompleteMultipartUploadCommand({ Bucket: name, Key: key, UploadId: id, MultipartUpload: { Parts } }))
}

export async function abortMultipart({ client, name }: Bucket, { key, id }: Multipart): Promise<void> {
  await client.send(new AbortMultipartUploadCommand({ Bucket: name, Key: key, UploadId: id })).catch(unlessMissing)
}

/** Aborts uploads that a dead process left unfinished, because the store keeps their parts for ever. */
export async function abortAll(bucket: Bucket, prefix: string): Promise<void> {
  for await (const multipart of listMultiparts(bucket, prefix)) await abortMultipart(bucket, multipart)
}

export async function listParts({ client, name }: Bucket, { key, id }: Multipart): Promise<Part[]> {
  const parts: Part[] = []
  let marker: string | undefined
  do {
    const page: ListPartsCommandOutput = await client.send(
      new ListPartsCommand({ Bucket: name, Key: key, UploadId: id, ...(marker === undefined ? {} : { PartNumberMarker: marker }) }),
    )
    for (const { PartNumber, ETag, Size, LastModified } of page.Parts ?? []) {
      parts.push({ number: PartNumber ?? 0, etag: given(ETag, 'an ETag'), size: Size ?? 0, changedAt: LastModified ?? new Date() })
    }
    marker = page.IsTruncated === true ? page.NextPartNumberMarker : undefined
  } while (marker !== undefined)
  return parts
}

/** The multipart uploads under way below a prefix, with their start times. */
export async function* listMultiparts({ client, name }: Bucket, prefix: string): AsyncIterable<Multipart & { begunAt: Date }> {
  let marker: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {}
  while (marker !== undefined) {
    const page: ListMultipartUploadsCommandOutput = await client.send(
      new ListMultipartUploadsCommand({ Bucket: name, Prefix: prefix, ...marker }),
    )
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (Key !== undefined && UploadId !== undefined) yield { key: Key, id: UploadId, begunAt: Initiated ?? new Date() }
    }
    const { NextKeyMarker, NextUploadIdMarker } = page
    marker =
      page.IsTruncated === true && NextKeyMarker !== undefined
        ? { KeyMarker: NextKeyMarker, ...(NextUploadIdMarker === undefined ? {} : { UploadIdMarker: NextUploadIdMarker }) }
        : undefined
  }
}

function given(value: string | undefined, what: string): string {
  if (value !== undefined) return value
  throw new Error(`the store answered without ${what}`)
}
