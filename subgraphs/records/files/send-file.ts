import { Readable } from 'node:stream'
import type { RecordFile } from '@strata/domain/record'
import { NotFound, type ByteRange, type Bytes } from '@strata/domain/shared'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { wantedRange, type Wanted } from './byte-range.ts'
import { contentDisposition } from '../../http/content-disposition.ts'
import { entityTag, isKnown, isSameContent } from '../../http/entity-tag.ts'
import type { FileRouteParts } from './services.ts'

export interface SentFile extends RecordFile {
  readonly isPublic: boolean
  /** Addressed as a record's, which may be withdrawn or revised: caches ask each time. */
  readonly isOfRecord?: boolean
}

/** Answers a download: what the caller has already is not sent, a part is when a part is asked for. */
export async function sendFile(
  { blobs, reads }: Pick<FileRouteParts, 'blobs' | 'reads'>,
  request: FastifyRequest,
  reply: FastifyReply,
  file: SentFile,
): Promise<FastifyReply> {
  const tag = entityTag(file.digest)
  const mediaType = file.mediaType ?? 'application/octet-stream'
  const disposition = contentDisposition(file.name, mediaType)
  reply.goodFor(lifetimeOf(file)).headers({ etag: tag, 'accept-ranges': 'bytes' })
  if (isKnown(request.headers['if-none-match'], tag)) return reply.code(304).send()

  const link = await blobs.link(file.digest, { mediaType, disposition, mayBeKept: file.isPublic && reads === 'public' })
  // The store's links end within minutes, so this answer must not be cached for longer.
  if (link !== undefined) return reply.goodFor(file.isPublic ? 'a minute' : 'unpublished').redirect(link, 302)

  const wanted = wantedOf(request, file.size, tag)
  if (wanted.kind === 'NOWHERE') return refuseRange(reply, file.size)
  describe(reply, file, mediaType, disposition)
  const range = wanted.kind === 'PART' ? wanted.range : undefined
  if (range !== undefined) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${file.size}`)
  reply.header('content-length', range === undefined ? file.size : range.end - range.start + 1)
  if (request.method === 'HEAD') return reply.send()
  return reply.send(await contentOf(blobs, file, range))
}

function lifetimeOf({ isPublic, isOfRecord = false }: SentFile): Parameters<FastifyReply['goodFor']>[0] {
  if (!isPublic) return 'unpublished'
  return isOfRecord ? 'until changed' : 'always'
}

function wantedOf({ method, headers }: FastifyRequest, size: number, tag: string): Wanted {
  if (method !== 'GET' || !isSameContent(headers['if-range'], tag)) return { kind: 'WHOLE' }
  return wantedRange(headers.range, size)
}

/** A browser that opens a file here runs nothing in it: the type is not guessed, and a page has no rights. */
function describe(reply: FastifyReply, { digest }: SentFile, mediaType: string, disposition: string): void {
  reply.type(mediaType).headers({
    'content-disposition': disposition,
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'cross-origin',
    'repr-digest': `sha-256=:${Buffer.from(digest.slice('sha256:'.length), 'hex').toString('base64')}:`,
  })
}

async function contentOf(blobs: FileRouteParts['blobs'], { digest, size }: SentFile, range: ByteRange | undefined): Promise<Readable> {
  const bytes: Bytes | undefined = size === 0 ? Readable.from([]) : await blobs.open(digest, range)
  if (bytes === undefined) throw new NotFound('This file was swept a moment ago.', 'digest')
  return bytes instanceof Readable ? bytes : Readable.from(bytes)
}

function refuseRange(reply: FastifyReply, size: number): FastifyReply {
  const message = `The file has ${size} bytes; the range asked for is not in it.`
  reply.code(416).header('content-range', `bytes */${size}`).removeHeader('etag')
  return reply
    .type('application/json; charset=utf-8')
    .send({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT', field: 'range' } }] })
}
