import type { FastifyInstance } from 'fastify'

/** `GET /revocations`: tells a gateway without a database which tokens it must not let in. */
export function revocationRoute(
  app: FastifyInstance,
  o: { admit: (headers: Readonly<Record<string, string | undefined>>) => void; revoked: () => Promise<readonly string[]> },
): void {
  app.get('/revocations', async (request) => {
    o.admit({ 'x-strata-gateway': textOf(request.headers['x-strata-gateway']) })
    return { revoked: await o.revoked() }
  })
}

function textOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined
}
