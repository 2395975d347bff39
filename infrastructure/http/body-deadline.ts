import type { FastifyInstance, FastifyRequest } from 'fastify'
import { answerBrokenRequest } from './broken-request.ts'
import { cutOff } from './cut-off.ts'
import { discardUnreadBody } from './unread-body.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is read as it comes and may take hours: what counts is that it goes on coming. */
    readonly hasLongBody?: boolean
  }
}

export interface Deadlines {
  /** How long the headers of a request may take. */
  readonly headersMs: number
  /** The longest that a body may take which is read whole. */
  readonly wholeBodyMs: number
  /** How long a streamed body, or a client that reads an answer, may go without progress. */
  readonly silenceMs: number
}

export const usualDeadlines: Deadlines = { headersMs: 10_000, wholeBodyMs: 60_000, silenceMs: 120_000 }

/** Node's own limit on the time a request takes knows no routes, so it is off and this is in its place. */
export function limitBodyTime(app: FastifyInstance, { wholeBodyMs }: Pick<Deadlines, 'wholeBodyMs'>): void {
  app.addHook('onRequest', async (request, reply) => {
    const { raw } = request
    // disconnectSilent watches streamed bodies instead.
    if (hasLongBody(request) || raw.complete) return
    const timer = setTimeout(() => {
      if (raw.complete) return
      // The answer was sent before the body ended, so there is no error to report.
      if (reply.raw.headersSent) cutOff(raw.socket)
      else answerBrokenRequest(tooSlow, raw.socket)
    }, wholeBodyMs)
    raw.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer))
  })

  // Answered before its body had ended: the connection is of no further use, and the client may be sending still.
  app.addHook('onResponse', async (request) => {
    if (!hasLongBody(request) || request.raw.complete) return
    await discardUnreadBody(request.raw)
    if (!request.raw.complete) request.raw.destroy()
  })
}

export function hasLongBody(request: FastifyRequest): boolean {
  return request.routeOptions.config.hasLongBody === true
}

const tooSlow = Object.assign(new Error('the request took too long to arrive'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })
