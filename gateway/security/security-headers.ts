import type { FastifyInstance } from 'fastify'

/**
 * On every answer, errors included. What is served is data: nothing in it may run, be framed, or be embedded by another
 * site. A page of our own says itself what more it needs, with `pagePolicy`.
 */
export function securityHeaders(app: FastifyInstance, o: { publicUrl: string | undefined }): void {
  const isSecure = o.publicUrl?.startsWith('https://') ?? false
  const headers = { ...always, ...(isSecure ? { 'strict-transport-security': 'max-age=31536000' } : {}) }
  // At the very beginning, so that whatever ends the request early is covered, too.
  app.addHook('onRequest', async (_request, reply) => void reply.headers(headers))
}

const always: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
}

/** For pages of our own: scripts only from files that this archive serves, nothing from anywhere else. */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  // Editors and charts write style attributes as they go.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')
