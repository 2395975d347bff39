import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { runWithRequest } from '../telemetry/index.ts'

/** The caller's id when it is one that is safe to print; a fresh one otherwise. */
export function chooseRequestId(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && printable.test(given) ? given : randomUUID()
}

const printable = /^[A-Za-z0-9._-]{8,64}$/

/** Puts the id into the answer, into the headers that are handed on, and around everything the request causes. */
export function followRequest(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    request.headers['x-request-id'] = request.id
    runWithRequest({ requestId: request.id }, done)
  })
}
