import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { preferredEncoding } from './preferred-encoding.ts'
import { renderExplorerPage, type ExplorerPage } from './explorer-page.ts'

/** Answers a browser that opens the API's address. */
export function createExplorer(): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  let page: Promise<ExplorerPage> | undefined

  return async (request, reply) => {
    page ??= renderExplorerPage()
    const { etag, ...bodies } = await page
    const encoding = preferredEncoding(request.headers['accept-encoding'])
    // Each encoding is another representation, hence another tag.
    const tag = `${etag.slice(0, -1)}-${encoding}"`
    reply.header('vary', 'accept, accept-encoding').header('etag', tag).header('cache-control', 'no-cache')
    if (request.headers['if-none-match']?.includes(tag)) return reply.code(304).send()

    reply.type('text/html; charset=utf-8').header('x-frame-options', 'DENY')
    if (encoding === 'br') return reply.header('content-encoding', 'br').send(bodies.brotli)
    if (encoding === 'gzip') return reply.header('content-encoding', 'gzip').send(bodies.gzip)
    return reply.send(await promisify(gunzip)(bodies.gzip))
  }
}
