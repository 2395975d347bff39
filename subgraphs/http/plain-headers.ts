import type { FastifyRequest } from 'fastify'

/** The headers of a request that came once; those that came several times say nothing for sure. */
export function plainHeaders({ headers }: FastifyRequest): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]))
}
