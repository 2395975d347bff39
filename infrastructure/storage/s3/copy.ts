import { UploadPartCopyCommand } from '@aws-sdk/client-s3'
import type { Bucket } from './bucket.ts'
import { abortAll, abortMultipart, completeMultipart, createMultipart, type Multipart, type Part } from './multipart.ts'
import { copyObject, sizeOf, sourceOf } from './objects.ts'

const gibi = 2 ** 30

/** The limit of a single copy request in S3. */
const mostAtOnce = 5 * gibi
const copiesAtATime = 8

/** Copies within the store. The copy appears atomically. */
export async function copyWhole(bucket: Bucket, from: string, to: string, o = { mostAtOnce, partSize: gibi }): Promise<void> {
  const size = await sizeOf(bucket, from)
  if (size === undefined) throw new Error(`${from} is not in the store any more`)
  if (size <= o.mostAtOnce) return copyObject(bucket, from, to)

  await abortAll(bucket, to)
  const multipart = await createMultipart(bucket, to)
  try {
    await completeMultipart(bucket, multipart, await copyParts(bucket, from, multipart, { size, partSize: o.partSize }))
  } catch (fault) {
    await abortMultipart(bucket, multipart)
    throw fault
  }
}

async function copyParts(
  bucket: Bucket,
  from: string,
  to: Multipart,
  { size, partSize }: { size: number; partSize: number },
): Promise<Part[]> {
  const count = Math.ceil(size / partSize)
  const parts: Part[][] = []
  for (let done = 0; done < count; done += copiesAtATime) {
    const numbers = Array.from({ length: Math.min(copiesAtATime, count - done) }, (_, i) => done + i + 1)
    parts.push(await Promise.all(numbers.map((number) => copyPart(bucket, from, to, rangeOf(number, partSize, size)))))
  }
  return parts.flat()
}

interface PartRange {
  readonly number: number
  readonly start: number
  readonly end: number
}

function rangeOf(number: number, partSize: number, size: number): PartRange {
  const start = (number - 1) * partSize
  return { number, start, end: Math.min(start + partSize, size) - 1 }
}

async function copyPart({ client, name }: Bucket, from: string, to: Multipart, { number, start, end }: PartRange): Promise<Part> {
  const { CopyPartResult } = await client.send(
    new UploadPartCopyCommand({
      Bucket: name,
      Key: to.key,
      UploadId: to.id,
      PartNumber: number,
      CopySource: sourceOf(name, from),
      CopySourceRange: `bytes=${start}-${end}`,
    }),
  )
  if (CopyPartResult?.ETag === undefined) throw new Error('the store answered without an ETag')
  return { number, etag: CopyPartResult.ETag, size: end - start + 1, changedAt: new Date() }
}
