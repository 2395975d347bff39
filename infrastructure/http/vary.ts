import type { FastifyReply } from 'fastify'

/** Adds to the Vary header, keeping what is already in it. */
export function vary(reply: FastifyReply, ...headers: readonly string[]): void {
  const before = String(reply.getHeader('vary') ?? '')
  const known = before
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  reply.header('vary', [...new Set([...known, ...headers])].join(', '))
}
