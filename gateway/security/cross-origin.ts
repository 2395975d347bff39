import { Forbidden } from '@strata/domain/shared'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/**
 * Lets pages of listed origins use this archive with its cookies, and keeps all other pages from changing or reading anything. Programs
 * send no `Sec-Fetch-Site` and are not affected. A link from another site may open a page.
 */
export function crossOrigin(
  app: FastifyInstance,
  o: { origins: readonly string[]; vary: (reply: FastifyReply, header: string) => void },
): void {
  const listed = new Set(o.origins)
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers
    if (listed.size > 0) o.vary(reply, 'origin')
    if (origin !== undefined && listed.has(origin)) {
      reply.headers({ ...permission, 'access-control-allow-origin': origin })
      return isPreflight(request) ? reply.code(204).headers(preflight).send() : undefined
    }
    if (isFromElsewhere(request) && !isHarmless(request)) {
      throw new Forbidden(
        'This request came from a page of another site, which this archive does not accept; STRATA_CORS_ORIGINS lists the trusted sites.',
      )
    }
    return undefined
  })
}

const permission = {
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers':
    'accept-ranges, content-disposition, content-range, etag, location, ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after, upload-length, upload-offset, x-request-id',
}

const preflight = {
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers':
    'accept, apollo-require-preflight, authorization, content-type, if-match, if-none-match, range, tus-resumable, upload-length, upload-metadata, upload-offset, x-request-id',
  'access-control-max-age': '600',
}

function isPreflight(request: FastifyRequest): boolean {
  return request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined
}

/** All current browsers send this header, and pages cannot change it. */
function isFromElsewhere(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site']
  return site === 'cross-site' || site === 'same-site'
}

/** Requests that any page could make with a link, an image or a form, and whose answer the page cannot read. */
function isHarmless(request: FastifyRequest): boolean {
  if (request.method === 'OPTIONS') return true
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  return request.headers['sec-fetch-mode'] === 'navigate' || !request.url.startsWith('/graphql')
}
