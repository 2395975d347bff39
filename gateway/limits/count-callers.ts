import { actorOf, bearerToken, type Principal } from '@strata/domain/identity'
import { Refusal } from '@strata/domain/shared'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { VerifyToken } from '../context/gateway-context.ts'

interface CountedCallers {
  readonly verify: VerifyToken
  /** Throws beyond the limit. */
  readonly count: (caller: string, ip: string) => Promise<void>
  /** Paths that are not counted, or that are counted later, when the request has been parsed. */
  readonly uncounted: readonly string[]
}

/** Counts downloads, uploads and all other requests besides GraphQL by caller, from any address. */
export function countCallers(app: FastifyInstance, { verify, count, uncounted }: CountedCallers): void {
  app.addHook('onRequest', async (request) => {
    if (uncounted.includes(request.url.split('?', 1)[0] ?? '')) return
    const caller = await callerOf(request, verify)
    if (caller !== undefined && caller.kind !== 'ANONYMOUS') await count(actorOf(caller), request.ip)
  })
}

/** A request with a bad token counts as anonymous. The route refuses it if it needs a token. */
async function callerOf({ headers }: FastifyRequest, verify: VerifyToken): Promise<Principal | undefined> {
  try {
    const token = bearerToken(headers.authorization)
    return token === undefined ? undefined : await verify(token)
  } catch (refusal) {
    if (refusal instanceof Refusal) return undefined
    throw refusal
  }
}
