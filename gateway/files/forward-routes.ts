import type { FastifyInstance } from 'fastify'
import { forwardTo } from './forward.ts'
import type { ServedElsewhere } from './served-elsewhere.ts'

/** What the gateway serves of files, in its own process or by forwarding to the records service. */
export type FileRoutes = ServedElsewhere

const addresses = ['/files', '/files/*', '/records/:srn/files/:name']

export function fileRoutes(app: FastifyInstance, routes: FileRoutes, o: { gatewaySecret: string }): void {
  if (routes.kind === 'in-process') return routes.mount(app)
  const apology = 'Files cannot be served at the moment; try again in a little while.'
  const forward = forwardTo({ url: routes.url, gatewaySecret: o.gatewaySecret, apology })
  app.register(async (scope) => {
    // A body is passed on as it comes, whatever it is.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body))
    scope.addHook('onClose', async () => forward.close())
    for (const url of addresses) {
      scope.route({
        method: ['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS'],
        url,
        config: { hasLongBody: true, gate: 'uploadFile' },
        handler: forward.handle,
      })
    }
  })
}
