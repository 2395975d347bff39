import type { FastifyReply } from 'fastify'

/**
 * On every answer of every service, errors included. What is served is data: nothing in it may run, be framed, or be
 * embedded by another site. A page of our own says itself what more it needs.
 */
export const safeHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
}

/** For answers that no hook has seen, such as that to an address which cannot be decoded. */
export function addSafeHeaders(reply: FastifyReply): void {
  for (const [name, value] of Object.entries(safeHeaders)) if (!reply.hasHeader(name)) reply.header(name, value)
}
