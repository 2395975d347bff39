import type { FastifyRequest } from 'fastify'

/**
 * Whether a page of this archive or the user directly sent this request. Browsers set these headers, and pages cannot change them.
 * Same-site is not enough: another server on this machine is same-site too.
 */
export function isSameOrigin({ headers, host, protocol }: FastifyRequest, publicUrl: string | undefined): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  if (headers.origin === undefined) return false
  return headers.origin === (publicUrl === undefined ? `${protocol}://${host}` : new URL(publicUrl).origin)
}
