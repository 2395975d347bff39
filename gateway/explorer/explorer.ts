import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { NotFound } from '@strata/domain/shared'
import { pagePolicy } from '../security/page-policy.ts'
import { assetFolder, renderExplorer, type Explorer, type ExplorerFile } from './explorer-page.ts'
import { preferredEncoding } from './preferred-encoding.ts'

/** Serves the explorer's script and style, and the handler that answers browsers at the API's address with its page. */
export function createExplorer(app: FastifyInstance): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  let explorer: Promise<Explorer> | undefined
  const rendered = () => (explorer ??= renderExplorer())

  app.get(`${assetFolder}/:name`, async (request, reply) => {
    const { assets } = await rendered()
    const asset = assets.get(request.url.split('?', 1)[0] ?? '')
    if (asset === undefined) throw new NotFound('The explorer has no such file; open /graphql again.')
    // The name changes with the content.
    reply.goodFor('always')
    return send(asset, request, reply)
  })

  return async (request, reply) => {
    const { page } = await rendered()
    reply.goodFor('until changed').header('content-security-policy', pagePolicy)
    return send(page, request, reply)
  }
}

async function send({ type, etag, ...bodies }: ExplorerFile, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const encoding = preferredEncoding(request.headers['accept-encoding'])
  // Each encoding is a separate representation and needs its own tag.
  const tag = `${etag.slice(0, -1)}-${encoding}"`
  reply.header('vary', 'accept, accept-encoding').header('etag', tag)
  if (request.headers['if-none-match']?.includes(tag)) return reply.code(304).send()

  reply.type(type)
  if (encoding === 'br') return reply.header('content-encoding', 'br').send(bodies.brotli)
  if (encoding === 'gzip') return reply.header('content-encoding', 'gzip').send(bodies.gzip)
  return reply.send(await promisify(gunzip)(bodies.gzip))
}
