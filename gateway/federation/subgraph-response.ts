import type { Operation } from '@strata/domain/shared'
import type { SubgraphResponse } from './data-source.ts'

/**
 * Reads the GraphQL result from an HTTP response; undefined when the response is not GraphQL. It counts the bytes as they arrive, and aborts
 * an answer that grows too large before it is in memory.
 */
export async function readSubgraphResponse(
  response: Response,
  operation: Pick<Operation, 'answered'>,
): Promise<SubgraphResponse | undefined> {
  const body: unknown = parsed(await textOf(response, operation))
  if (typeof body !== 'object' || body === null) return undefined
  // A wrong address is answered in GraphQL's shape too, but means that the archive is misconfigured.
  if (response.status === 404 || response.status === 405) return undefined
  return 'data' in body || 'errors' in body ? (body as SubgraphResponse) : undefined
}

async function textOf({ body }: Response, operation: Pick<Operation, 'answered'>): Promise<string> {
  if (body === null) return ''
  const decoder = new TextDecoder()
  const pieces: string[] = []
  for await (const chunk of body) {
    operation.answered(0, chunk.byteLength)
    pieces.push(decoder.decode(chunk, { stream: true }))
  }
  return pieces.join('') + decoder.decode()
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A proxy's page, or a truncated answer; the caller of this function reports it.
    return undefined
  }
}
