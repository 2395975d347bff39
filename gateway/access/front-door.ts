import { bearerToken, privateArchive } from '@strata/domain/identity'
import { Unauthenticated } from '@strata/domain/shared'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { VerifyToken } from '../context/gateway-context.ts'
import type { SignIn } from '../session/session-routes.ts'
import { useSession } from '../session/use-session.ts'

export interface FrontDoor {
  readonly verify: VerifyToken
  readonly reads: 'public' | 'private'
  readonly publicUrl: string | undefined
  readonly signIn?: SignIn | undefined
  /** The public address of this archive, without a trailing slash. */
  readonly origin: () => string
}

/** Runs for every request before any other handler. */
export function frontDoor(app: FastifyInstance, { verify, reads, publicUrl, signIn, origin }: FrontDoor): void {
  app.addHook('onRequest', async (request, reply) => {
    dropForgedHeaders(request)
    // Every service builds links from this address, never from the host that a request names.
    request.headers['x-strata-origin'] = origin()
    if (signIn) await useSession(request, reply, { verify, publicUrl })
    if (reads === 'private' && !isOpen(request)) await requireToken(request, verify)
  })
}

/** Only the gateway may set these headers; from outside, they are forged. */
function dropForgedHeaders({ headers }: FastifyRequest): void {
  for (const name of Object.keys(headers)) if (name.startsWith('x-strata-')) delete headers[name]
}

function isOpen(request: FastifyRequest): boolean {
  // A CORS preflight, whose answer contains no data.
  return request.method === 'OPTIONS' || (request.routeOptions.config?.isOpen?.(request) ?? false)
}

async function requireToken({ headers }: FastifyRequest, verify: VerifyToken): Promise<void> {
  const token = bearerToken(headers.authorization)
  if (token === undefined) throw new Unauthenticated(privateArchive)
  await verify(token)
}
