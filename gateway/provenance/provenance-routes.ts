import type { FastifyInstance } from 'fastify'
import { forwardTo } from '../files/forward.ts'

/** Where exports of provenance are made: in this process, or by the data service. */
export type ProvenanceRoutes =
  | { readonly kind: 'in-process'; mount(app: FastifyInstance): void }
  | { readonly kind: 'http'; readonly url: string }

export function provenanceRoutes(app: FastifyInstance, routes: ProvenanceRoutes, o: { gatewaySecret: string }): void {
  if (routes.kind === 'in-process') return routes.mount(app)
  const forward = forwardTo({ url: routes.url, gatewaySecret: o.gatewaySecret, unavailable: 'Provenance cannot be exported at the moment; try again in a little while.' })
  app.register(async (scope) => {
    scope.addHook('onClose', async () => forward.close())
    scope.route({ method: ['GET', 'HEAD'], url: '/provenance/:name', handler: forward.handle })
  })
}
