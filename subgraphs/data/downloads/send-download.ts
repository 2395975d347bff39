import { Readable } from 'node:stream'
import { downloadTag, mediaTypeOf, tableAddress, type Download, type SettledReading } from '@strata/domain/dataset'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isKnown } from '../../http/entity-tag.ts'
import { linkTo, openToPages } from './answer-headers.ts'
import type { DownloadRouteParts } from './services.ts'
import { downloadBytes } from './download-bytes.ts'

export type SettledDownload = Download & { readonly reading: SettledReading }

/**
 * Streams a download. What goes wrong before the first byte is told as an error; after it the connection is broken, so
 * that half a file never looks like a whole one.
 */
export async function sendDownload(
  services: DownloadRouteParts,
  request: FastifyRequest,
  reply: FastifyReply,
  download: SettledDownload,
  stop: AbortSignal,
): Promise<FastifyReply> {
  const tag = downloadTag(download)
  const headers = { etag: `"${tag}"` }
  reply.goodFor('until changed')
  if (isKnown(request.headers['if-none-match'], headers.etag)) return reply.code(304).headers(headers).send()
  if (request.method === 'HEAD') {
    describe(services, reply.headers(headers), download, tag)
    return reply.send()
  }

  const bytes = downloadBytes(services.downloads, download, { stop, whenWhole: (made) => services.made.set(tag, made) })
  const first = await bytes.next()
  const known = services.made.get(tag)
  describe(services, reply.headers(headers), download, tag)
  return reply.send(Readable.from(exactly(known?.bytes, startingWith(first, bytes)), { objectMode: true, highWaterMark: 1 }))
}

async function* startingWith(
  first: IteratorResult<Uint8Array, void>,
  rest: AsyncGenerator<Uint8Array, void>,
): AsyncGenerator<Uint8Array, void> {
  try {
    if (first.done === true) return
    yield first.value
    yield* rest
  } finally {
    await rest.return()
  }
}

/** As many bytes as were promised: one more would be read as the beginning of the next answer. */
async function* exactly(promised: number | undefined, bytes: AsyncGenerator<Uint8Array, void>): AsyncGenerator<Uint8Array, void> {
  let sent = 0
  for await (const piece of bytes) {
    sent += piece.length
    if (promised !== undefined && sent > promised) throw new Error('A download has more bytes than the same one had before.')
    yield piece
  }
}

function describe({ made }: DownloadRouteParts, reply: FastifyReply, download: SettledDownload, tag: string): void {
  const { reading, format } = download
  const { convention } = reading.dataset
  const known = made.get(tag)
  reply.type(mediaTypeOf[format]).headers({
    ...openToPages,
    'content-disposition': `attachment; filename="${fileName(download)}"`,
    'last-modified': reading.asOf.toUTCString(),
    'accept-ranges': 'none',
    // Known from before: the same question about the same moment has the same bytes.
    ...(known === undefined
      ? {}
      : {
          'content-length': known.bytes,
          'repr-digest': `sha-256=:${Buffer.from(known.sha256.slice('sha256:'.length), 'hex').toString('base64')}:`,
        }),
  })
  linkTo(reply, [
    { href: `${tableAddress(convention, reading.table, format)}.meta.json`, rel: 'describedby', type: 'application/json' },
    { href: `/data/${convention}/croissant.json`, rel: 'describedby', type: 'application/ld+json' },
  ])
}

/** `proteins-quality-20261126T101500Z.csv`: two downloads of different states do not overwrite each other. */
function fileName({ reading, format }: SettledDownload): string {
  const when = reading.asOf.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  return `${reading.dataset.convention}-${reading.table.name}-${when}.${format}`
}
