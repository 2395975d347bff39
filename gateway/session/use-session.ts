import { Forbidden, Unauthenticated } from '@strata/domain/shared'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isSameOrigin } from '../access/same-origin.ts'
import type { VerifyToken } from '../context/gateway-context.ts'
import { endedCookie, sessionToken } from './session-cookie.ts'

/**
 * A session's cookie counts as its token, from here on everywhere alike, but only for what this archive's own pages send.
 * A change that another site asks for in somebody's name is refused.
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
      'This request came with a session but not from a page of this archive; send a token in the Authorization header instead.',
    )
  }
  if (await isGood(token, verify)) headers.authorization = `Bearer ${token}`
  // Out of reach of scripts, a session that has ended would otherwise refuse everything until it expires.
  else reply.header('set-cookie', endedCookie({ isSecure }))
}

function isSafe({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
}

/** Somebody follows a link to this archive. What comes back is shown to them and not to the page with the link. */
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
