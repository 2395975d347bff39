import type { FastifyInstance } from 'fastify'
import { watchReadiness, type ReadinessOptions } from './readiness.ts'

/** A monitor has no token. */
const open = { config: { isOpen: () => true } }

/** Alive means that the process answers; ready means that everything it needs can serve. */
export function healthRoutes(app: FastifyInstance, options: ReadinessOptions): void {
  const readiness = watchReadiness(options)
  app.addHook('onClose', async () => readiness.close())
  app.get('/healthz', open, async () => ({ status: 'ok' }))
  app.get('/readyz', open, async (_request, reply) => {
    const report = await readiness.look()
    return reply.code(report.status === 'ready' ? 200 : 503).send(report)
  })
}
