import { downloadTag, manifestOf, type DownloadedBytes } from '@strata/domain/dataset'
import { recordSrn } from '@strata/domain/record'
import { digestOf } from '@strata/domain/shared'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isKnown } from '../../http/entity-tag.ts'
import { changeJson } from '../citations/change-json.ts'
import { openToPages } from './answer-headers.ts'
import { baseAddress } from './base-address.ts'
import type { DownloadRouteParts } from './services.ts'
import { downloadBytes } from './download-bytes.ts'
import type { SettledDownload } from './send-download.ts'

/** How many changes a manifest and the page of a citation list. */
export const mostChanges = 100

/**
 * What is to be known about a download. Digest and size are those of its very bytes: they are made once and thrown away,
 * unless they were made before.
 */
export async function sendManifest(
  services: DownloadRouteParts,
  request: FastifyRequest,
  reply: FastifyReply,
  download: SettledDownload,
  stop: AbortSignal,
): Promise<FastifyReply> {
  const { dataset, asOf } = download.reading
  const [convention] = await services.conventions.conventions([dataset.convention])
  const releases = await services.downloads.contributions(download.reading, stop)
  const cited = { kind: 'rows', reading: download.reading, versions: releases.map(({ version }) => version) } as const
  const [[changes = []], [changeCount = 0]] = await Promise.all([
    services.changes.changesSince([{ of: cited, first: mostChanges }]),
    services.changes.changeCounts([cited]),
  ])
  const made = await madeOf(services, download, stop)
  const manifest = manifestOf({
    download,
    made,
    releases,
    changes: changes.map((change) => changeJson(change, (record) => recordSrn(services.domain, record))),
    changeCount,
    cited: {
      title: convention?.title ?? dataset.convention,
      description: convention?.description ?? '',
      license: convention?.license,
      publisher: services.domain,
    },
    base: baseAddress(request, services.publicUrl),
  })
  const body = `${JSON.stringify(manifest, undefined, 2)}\n`
  const etag = `"${digestOf(body).slice('sha256:'.length)}"`
  reply.goodFor('until changed').headers({ etag, 'last-modified': asOf.toUTCString(), ...openToPages })
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send()
  return reply.type('application/json; charset=utf-8').send(body)
}

async function madeOf({ downloads, made }: DownloadRouteParts, download: SettledDownload, stop: AbortSignal): Promise<DownloadedBytes> {
  const tag = downloadTag(download)
  const before = made.get(tag)
  if (before !== undefined) return before
  const now = Promise.withResolvers<DownloadedBytes>()
  for await (const _ of downloadBytes(downloads, download, { stop, whenWhole: now.resolve }));
  const counted = await now.promise
  made.set(tag, counted)
  return counted
}
