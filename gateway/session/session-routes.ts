import type { FastifyInstance } from 'fastify'
import { endedCookie, sessionCookie, sessionToken } from './session-cookie.ts'
import { usedLinkPage, usedLinkPolicy } from './used-link-page.ts'

/** Exchanges a one-time link for a session, and ends the session. */
export interface SignIn {
  /** A session for a valid code. A code is valid once. */
  exchange(code: string): Promise<Session | undefined>
  end(token: string): Promise<void>
}

export interface Session {
  readonly token: string
  readonly maxAgeSeconds: number
}

/** `GET /sign-in?code=…`, which a person opens, and `POST /sign-out`. */
export function sessionRoutes(app: FastifyInstance, { exchange, end }: SignIn): void {
  app.get('/sign-in', { config: { isOpen: () => true, parameters: ['code'] }, exposeHeadRoute: false }, async (request, reply) => {
    reply.header('referrer-policy', 'no-referrer')
    const session = await exchange(codeIn(request.query))
    if (!session)
      return reply.code(401).header('content-security-policy', usedLinkPolicy).type('text/html; charset=utf-8').send(usedLinkPage)
    reply.header('set-cookie', sessionCookie(session.token, { ...session, isSecure: request.protocol === 'https' }))
    return reply.redirect('/', 303)
  })

  // The front door accepts sessions only from the archive's own pages.
  app.post('/sign-out', { config: { gate: 'own session', isOpen: () => true } }, async ({ headers, protocol }, reply) => {
    const isSecure = protocol === 'https'
    const token = sessionToken(headers.cookie, { isSecure })
    // The front door verified the token, or did not use it.
    if (token !== undefined && headers.authorization === `Bearer ${token}`) await end(token)
    return reply.header('set-cookie', endedCookie({ isSecure })).code(204).send()
  })
}

function codeIn(query: unknown): string {
  return typeof query === 'object' && query !== null && 'code' in query && typeof query.code === 'string' ? query.code : ''
}
