import type { FastifyInstance } from 'fastify'
import { apiDocument, type ApiDocument } from './api-document.ts'

/** `/openapi.json`: the description of the HTTP routes for programs. */
export function openapiRoute(
  app: FastifyInstance,
  { origin, doors }: { readonly origin: () => string; readonly doors: ApiDocument['doors'] },
): void {
  app.get('/openapi.json', async (_request, reply) => {
    const base = origin()
    return reply
      .goodFor('until changed')
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(apiDocument({ base, doors })))
  })
}
