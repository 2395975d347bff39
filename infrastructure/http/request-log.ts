import type { FastifyInstance } from 'fastify'
import type { Logger } from '../telemetry/index.ts'

/** Logs one line per request, without the query string, because people put secrets there. */
export function logRequests(app: FastifyInstance, log: Logger): void {
  app.addHook('onResponse', async (request, reply) => {
    const facts = {
      requestId: request.id,
      method: request.method,
      path: request.url.split('?', 1)[0],
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    }
    // Probes come every few seconds and are not informative.
    log[facts.path === '/readyz' || facts.path === '/healthz' ? 'debug' : 'info'](facts, 'request')
  })
  app.addHook('onRequestAbort', async (request) => {
    log.info({ requestId: request.id, method: request.method, path: request.url.split('?', 1)[0] }, 'request aborted by its caller')
  })
}
