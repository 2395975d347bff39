import type { FastifyInstance } from 'fastify'
import { apiDocument } from './api-document.ts'

/** `/openapi.json`: what is served over HTTP, for programs. */
export function openapiRoute(app: FastifyInstance, { publicUrl }: { readonly publicUrl: string | undefined }): void {
  app.get('/openapi.json', async ({ protocol, host }, reply) => {
    const base = (publicUrl ?? `${protocol}://${host}`).replace(/\/$/, '')
    return reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8').send(JSON.stringify(apiDocument({ base })))
  })
}
