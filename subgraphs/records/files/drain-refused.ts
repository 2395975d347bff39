import type { FastifyReply, FastifyRequest } from 'fastify'

const patienceMs = 5_000

/**
 * A caller that is still sending when it is refused reads the answer only if the connection stays open for a moment:
 * what comes is thrown away until the caller has heard, or until it should have.
 */
export function drainRefused({ raw }: FastifyRequest, { raw: answer }: FastifyReply): void {
  if (raw.complete || raw.destroyed) return
  raw.on('error', () => {})
  raw.resume()
  answer.once('finish', () => {
    const deadline = setTimeout(() => void (raw.complete || raw.socket.destroy()), patienceMs)
    raw.once('close', () => clearTimeout(deadline)).once('end', () => clearTimeout(deadline))
  })
}
