import type { FastifyInstance } from 'fastify'
import { watchReadiness, type ReadinessOptions } from './readiness.ts'

/** Monitors have no token. */
const open = { config: { isOpen: () => true } }

/** `/healthz` answers while the process does; `/readyz` says whether everything it needs works. */
export function healthRoutes(app: FastifyInstance, options: ReadinessOptions): void {
  const readiness = watchReadiness(options)
  app.addHook('onClose', async () => readiness.close())
  app.get('/healthz', open, async () => ({ status: 'ok' }))
  app.get('/readyz', open, async (_request, reply) => {
    const report = await readiness.look()
    return reply.code(report.status === 'ready' ? 200 : 503).send(report)
  })
}
