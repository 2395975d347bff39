import type { SubgraphResponse } from './data-source.ts'

/** The GraphQL result in an HTTP response, or nothing when whoever answered does not speak GraphQL. */
export async function readSubgraphResponse(response: Response): Promise<SubgraphResponse | undefined> {
  const body: unknown = await jsonOf(response)
  if (typeof body !== 'object' || body === null) return undefined
  // A wrong address is answered in the same shape, but it is a fault of the archive's set-up and not of the request.
  if (response.status === 404 || response.status === 405) return undefined
  return 'data' in body || 'errors' in body ? (body as SubgraphResponse) : undefined
}

async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    // A proxy's page, or an answer cut short: reported by the caller of this module.
    return undefined
  }
}
