import { Unavailable } from '@strata/domain/shared'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** For each answer of a server, a signal that ends its making: the client has disconnected, or the server stops. */
export function untilNotNeeded(app: FastifyInstance): (reply: FastifyReply) => AbortSignal {
  const stopping = new AbortController()
  app.addHook('preClose', async () => stopping.abort(new Unavailable('The archive is stopping; download it again in a little while.')))
  return (reply) => AbortSignal.any([stopping.signal, callerLeaves(reply)])
}

function callerLeaves({ raw }: FastifyReply): AbortSignal {
  const left = new AbortController()
  if (raw.destroyed) left.abort(new Error('the caller left'))
  else raw.once('close', () => left.abort(new Error('the caller left')))
  return left.signal
}
