import type { FastifyReply } from 'fastify'

/** Adds to what the answer depends on; others may have said something already. */
export function vary(reply: FastifyReply, ...headers: readonly string[]): void {
  const before = String(reply.getHeader('vary') ?? '')
  const known = before
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  reply.header('vary', [...new Set([...known, ...headers])].join(', '))
}
