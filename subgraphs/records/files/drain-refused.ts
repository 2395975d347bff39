import type { FastifyReply, FastifyRequest } from 'fastify'

const patienceMs = 5_000

/**
 * A caller that is still sending when it is refused reads the answer only if the connection stays open for a moment:
 * what comes is thrown away until the caller has heard, or until it should have.
 */
export function drainRefused({ raw }: FastifyRequest, { raw: answer }: FastifyReply): void {
  if (raw.complete || raw.destroyed) return
  answer.shouldKeepAlive = false
  raw.on('error', () => {})
  raw.resume()
  const deadline = setTimeout(() => raw.destroy(), patienceMs)
  raw.once('close', () => clearTimeout(deadline))
}
