import type { FastifyRequest } from 'fastify'

/**
 * Whether a page of this archive, or the person at the browser, sent this. Browsers say so themselves, and a page cannot
 * make them lie. Same-site is not enough: another program on this machine is that too.
 */
export function isSameOrigin({ headers, host, protocol }: FastifyRequest, publicUrl: string | undefined): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  if (headers.origin === undefined) return false
  return headers.origin === (publicUrl === undefined ? `${protocol}://${host}` : new URL(publicUrl).origin)
}
