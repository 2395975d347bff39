import type { FastifyInstance } from 'fastify'

/** Alive means that the process answers; ready means that everything behind it can serve. */
export function healthRoutes(app: FastifyInstance, ready: () => Promise<boolean>): void {
  app.get('/healthz', async () => ({ status: 'ok' }))

  app.get('/readyz', async (request, reply) => {
    const isReady = await ready().catch((error: unknown) => {
      request.log.warn({ err: error }, 'the check for readiness failed')
      return false
    })
    reply.header('cache-control', 'no-store')
    return isReady ? { status: 'ready' } : reply.code(503).send({ status: 'starting' })
  })
}
