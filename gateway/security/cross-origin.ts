import { Forbidden } from '@strata/domain/shared'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/**
 * Pages of other sites: those listed may use this archive with its cookies, all others may not make it change or tell
 * anything. Programs send no `Sec-Fetch-Site` and are not concerned; a link from elsewhere may open a page.
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
        'A page of another site sent this, and this archive does not accept it; STRATA_CORS_ORIGINS lists the sites it trusts.',
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

/** Every browser of today says so, and no page can say otherwise. */
function isFromElsewhere(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site']
  return site === 'cross-site' || site === 'same-site'
}

/** What a link, an image or a form field of any page could do anyway, and what tells the page nothing. */
function isHarmless(request: FastifyRequest): boolean {
  if (request.method === 'OPTIONS') return true
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  return request.headers['sec-fetch-mode'] === 'navigate' || !request.url.startsWith('/graphql')
}
