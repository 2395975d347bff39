import type { FastifyInstance } from 'fastify'

/** Whoever watches over the process has no token. */
const open = { config: { isOpen: () => true } }

/** Alive means that the process answers; ready means that everything behind it can serve. */
export function healthRoutes(app: FastifyInstance, ready: () => Promise<boolean>): void {
  app.get('/healthz', open, async () => ({ status: 'ok' }))

  app.get('/readyz', open, async (request, reply) => {
    const isReady = await ready().catch((error: unknown) => {
      request.log.warn({ err: error }, 'the check for readiness failed')
      return false
    })
    return isReady ? { status: 'ready' } : reply.code(503).send({ status: 'starting' })
  })
}
