import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { requestHeaders, type RequestHeaders } from './request-headers.ts'
import { runWithRequest } from '../telemetry/index.ts'

/** The caller's id when it is one that is safe to print; a fresh one otherwise. */
export function chooseRequestId(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && printable.test(given) ? given : randomUUID()
}

const printable = /^[A-Za-z0-9._-]{8,64}$/

/** Where the caller is, when somebody in between who is trusted says so. */
export type AddressOf = (headers: RequestHeaders) => string | undefined

/** Puts the id into the answer, into the headers that are handed on, and around everything the request causes. */
export function followRequest(app: FastifyInstance, addressOf: AddressOf = () => undefined): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    request.headers['x-request-id'] = request.id
    runWithRequest({ requestId: request.id, address: addressOf(requestHeaders(request.headers)) ?? request.ip }, done)
  })
}
