import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { requestHeaders, type RequestHeaders } from './request-headers.ts'
import { runWithRequest } from '../telemetry/index.ts'

/** The caller's id if it is safe to print; otherwise a new one. */
export function chooseRequestId(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && printable.test(given) ? given : randomUUID()
}

const printable = /^[A-Za-z0-9._-]{8,64}$/

/** The caller's address as reported by a trusted intermediary. */
export type AddressOf = (headers: RequestHeaders) => string | undefined

/** Adds the id to the answer, the forwarded headers and the log context of the request. */
export function followRequest(app: FastifyInstance, addressOf: AddressOf = () => undefined): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    request.headers['x-request-id'] = request.id
    runWithRequest({ requestId: request.id, address: addressOf(requestHeaders(request.headers)) ?? request.ip }, done)
  })
}
