import { serviceAt } from './service.ts'

/** Reads the revoked tokens from the registry service, because a gateway has no database. */
export function revokedTokensAt(registryUrl: string, secret: string): () => Promise<readonly string[]> {
  const registry = serviceAt(registryUrl, secret)
  return async () => {
    const response = await registry.ask({ method: 'GET', segments: ['revocations'], signal: AbortSignal.timeout(3_000) })
    const body: unknown = response.ok ? await response.json() : undefined
    const ids = typeof body === 'object' && body !== null && 'revoked' in body ? body.revoked : undefined
    if (!Array.isArray(ids)) throw new Error(`the registry answered ${response.status} when asked for revoked tokens`)
    return ids.filter((id) => typeof id === 'string')
  }
}
