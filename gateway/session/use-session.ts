import { Forbidden, Unauthenticated } from '@strata/domain/shared'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isSameOrigin } from '../access/same-origin.ts'
import type { VerifyToken } from '../context/gateway-context.ts'
import { endedCookie, sessionToken } from './session-cookie.ts'

/**
 * Turns the session cookie into a token for all further code, but only for requests from the archive's own pages. Refuses changes that
 * another site requests with the cookie.
 */
export async function useSession(
  request: FastifyRequest,
  reply: FastifyReply,
  { verify, publicUrl }: { verify: VerifyToken; publicUrl: string | undefined },
): Promise<void> {
  const { headers, protocol } = request
  const isSecure = protocol === 'https'
  const token = sessionToken(headers.cookie, { isSecure })
  if (token === undefined || headers.authorization !== undefined) return
  if (!isSameOrigin(request, publicUrl) && !isVisit(request)) {
    if (isSafe(request)) return
    throw new Forbidden(
      'This request has a session cookie but is not from a page of this archive; send a token in the Authorization header instead.',
    )
  }
  if (await isGood(token, verify)) headers.authorization = `Bearer ${token}`
  // Scripts cannot delete the cookie of an ended session, so without this every request would be refused until it expires.
  else reply.header('set-cookie', endedCookie({ isSecure }))
}

function isSafe({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
}

/** A user followed a link to this archive. The answer is shown to the user, not to the linking page. */
function isVisit(request: FastifyRequest): boolean {
  const { 'sec-fetch-mode': mode, 'sec-fetch-dest': shownIn, origin } = request.headers
  if (!isSafe(request)) return false
  return mode === undefined ? origin === undefined : mode === 'navigate' && shownIn === 'document'
}

async function isGood(token: string, verify: VerifyToken): Promise<boolean> {
  try {
    await verify(token)
    return true
  } catch (refusal) {
    if (refusal instanceof Unauthenticated) return false
    throw refusal
  }
}
