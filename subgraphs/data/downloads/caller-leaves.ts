import type { FastifyReply } from 'fastify'

/** Aborted when nobody waits for the answer any more. */
export function callerLeaves({ raw }: FastifyReply): AbortSignal {
  const left = new AbortController()
  if (raw.destroyed) left.abort(new Error('the caller left'))
  else raw.once('close', () => left.abort(new Error('the caller left')))
  return left.signal
}
