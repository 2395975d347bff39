import { croissant, describeInWords, existingDataset, listInWords, type DescribedDataset } from '@strata/domain/dataset'
import { digestOf } from '@strata/domain/shared'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isKnown } from '../../http/entity-tag.ts'
import { existing } from '../../server/existing.ts'
import { linkTo, openToPages } from './answer-headers.ts'
import { baseAddress } from './base-address.ts'
import type { DownloadRouteParts } from './services.ts'

export const descriptions = ['croissant.json', 'llms.txt'] as const
export type Description = (typeof descriptions)[number]

/** A dataset for programs (JSON-LD) or in plain words. */
export async function sendDescription(
  services: DownloadRouteParts,
  request: FastifyRequest,
  reply: FastifyReply,
  o: { readonly convention: string; readonly as: Description },
): Promise<FastifyReply> {
  const described = await describedDataset(services, request, o.convention)
  const at = `/data/${described.dataset.convention}`
  if (o.as === 'llms.txt') {
    linkTo(reply, [{ href: `${at}/croissant.json`, rel: 'alternate', type: 'application/ld+json' }])
    return sendText(request, reply, { type: markdown, text: describeInWords(described) })
  }
  linkTo(reply, [{ href: `${at}/llms.txt`, rel: 'alternate', type: 'text/markdown' }])
  return sendText(request, reply, {
    type: 'application/ld+json; charset=utf-8',
    text: `${JSON.stringify(croissant(described), undefined, 2)}\n`,
  })
}

/** `/llms.txt`: which datasets there are. */
export async function sendList(services: DownloadRouteParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const slugs = (await services.datasets.datasets()).map(({ convention }) => convention)
  const found = await services.conventions.conventions(slugs)
  const datasets = found.flatMap((one) =>
    one === undefined ? [] : [{ convention: one.slug, title: one.title, description: one.description }],
  )
  return sendText(request, reply, {
    type: markdown,
    text: listInWords(services.domain, baseAddress(request, services.publicUrl), datasets),
  })
}

const markdown = 'text/markdown; charset=utf-8'

async function describedDataset(
  { datasets, conventions, domain, publicUrl }: DownloadRouteParts,
  request: FastifyRequest,
  slug: string,
): Promise<DescribedDataset> {
  const dataset = await existingDataset(datasets, slug)
  const [convention] = await conventions.conventions([dataset.convention])
  const { title, description, license, docs, updatedAt } = existing(convention, 'convention')
  return { dataset, title, description, license, docs, updatedAt, publisher: domain, base: baseAddress(request, publicUrl) }
}

function sendText(
  request: FastifyRequest,
  reply: FastifyReply,
  { type, text }: { readonly type: string; readonly text: string },
): FastifyReply {
  const etag = `"${digestOf(text).slice('sha256:'.length)}"`
  reply.goodFor('until changed').headers({ etag, ...openToPages })
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send()
  return reply.type(type).send(text)
}
