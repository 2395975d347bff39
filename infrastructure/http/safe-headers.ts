import type { FastifyReply } from 'fastify'

/**
 * Sent with every answer of every service, including errors. Answers are data: they must not run scripts, be framed, or be
 * embedded by another site. The archive's own pages relax this where they need to.
 */
export const safeHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
}

/** For answers that bypass all hooks, such as those to addresses that cannot be decoded. */
export function addSafeHeaders(reply: FastifyReply): void {
  for (const [name, value] of Object.entries(safeHeaders)) if (!reply.hasHeader(name)) reply.header(name, value)
}
