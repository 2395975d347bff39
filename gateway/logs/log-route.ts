import { logParameters } from '@strata/domain/run'
import type { FastifyInstance } from 'fastify'
import { forwardTo } from '../onward/forward.ts'
import type { ServedElsewhere } from '../onward/served-elsewhere.ts'

/** Where the logs of runs are served: in the gateway's own process, or by the registry service. */
export type LogRoute = ServedElsewhere

export function logRoute(app: FastifyInstance, route: LogRoute, o: { secret: string }): void {
  if (route.kind === 'in-process') return route.mount(app)
  const forward = forwardTo({ url: route.url, secret: o.secret, apology: 'Logs cannot be served at the moment; try again in a little while.' })
  app.register(async (scope) => {
    scope.addHook('preClose', async () => forward.stop())
    scope.addHook('onClose', async () => forward.close())
    scope.get('/runs/:id/log', { config: { parameters: logParameters } }, (request, reply) => forward.handle(request, reply))
  })
}
