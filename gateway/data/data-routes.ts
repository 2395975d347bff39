import { downloadParameters } from '@strata/domain/dataset'
import { exportParameters } from '@strata/domain/provenance'
import type { FastifyInstance } from 'fastify'
import { forwardTo } from '../onward/forward.ts'
import type { ServedElsewhere } from '../onward/served-elsewhere.ts'

/** What the gateway serves of datasets beside GraphQL, in its own process or by forwarding to the data service. */
export type DataRoutes = ServedElsewhere

const addresses = [
  { url: '/data/:convention/:file', parameters: downloadParameters },
  { url: '/cite/:name', parameters: [] },
  { url: '/llms.txt', parameters: [] },
  { url: '/provenance/:name', parameters: exportParameters },
]

export function dataRoutes(app: FastifyInstance, routes: DataRoutes, o: { secret: string }): void {
  if (routes.kind === 'in-process') return routes.mount(app)
  const apology = 'Data cannot be downloaded at the moment; try again in a little while.'
  const forward = forwardTo({ url: routes.url, secret: o.secret, apology })
  app.register(async (scope) => {
    scope.addHook('onClose', async () => forward.close())
    endWithTheGateway(scope)
    for (const { url, parameters } of addresses) scope.route({ method: ['GET', 'HEAD'], url, config: { parameters }, handler: forward.handle })
  })
}

/** A download may last for hours; whoever stops the gateway does not wait for it. It breaks, so nobody takes it for whole. */
function endWithTheGateway(scope: FastifyInstance): void {
  const inFlight = new Set<{ destroy(): unknown }>()
  scope.addHook('onRequest', async (_request, { raw }) => {
    inFlight.add(raw)
    raw.once('close', () => inFlight.delete(raw))
  })
  scope.addHook('preClose', async () => {
    for (const answer of inFlight) answer.destroy()
  })
}
