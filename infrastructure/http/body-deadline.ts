import type { FastifyInstance, FastifyRequest } from 'fastify'
import { answerBrokenRequest } from './broken-request.ts'
import { resetConnection } from './reset-connection.ts'
import { discardUnreadBody } from './unread-body.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is streamed and may take hours, as long as it makes progress. */
    readonly hasLongBody?: boolean
  }
}

export interface Deadlines {
  /** The time limit for a request's headers. */
  readonly headersMs: number
  /** The time limit for a body that is read as a whole. */
  readonly wholeBodyMs: number
  /** How long a streamed body, or a client that reads an answer, may make no progress. */
  readonly silenceMs: number
}

export const usualDeadlines: Deadlines = { headersMs: 10_000, wholeBodyMs: 60_000, silenceMs: 120_000 }

/** Replaces Node's own request time limit, which cannot differ by route and is turned off. */
export function limitBodyTime(app: FastifyInstance, { wholeBodyMs }: Pick<Deadlines, 'wholeBodyMs'>): void {
  app.addHook('onRequest', async (request, reply) => {
    const { raw } = request
    // disconnectSilent watches streamed bodies instead.
    if (hasLongBody(request) || raw.complete) return
    const timer = setTimeout(() => {
      if (raw.complete) return
      // The answer was sent before the body ended, so there is no error to report.
      if (reply.raw.headersSent) resetConnection(raw.socket)
      else answerBrokenRequest(tooSlow, raw.socket)
    }, wholeBodyMs)
    raw.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer))
  })

  // The answer was sent before the body ended. The client may still be sending, so the connection cannot be reused.
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
