import { uploadParameters, uploadSessionParameters } from '@strata/domain/record'
import type { FastifyInstance } from 'fastify'
import { forwardTo } from '../onward/forward.ts'
import type { ServedElsewhere } from '../onward/served-elsewhere.ts'

/** What the gateway serves of files, in its own process or by forwarding to the records service. */
export type FileRoutes = ServedElsewhere

/** The routes of the records service. The gateway forwards only these. */
const passedOn = [
  { url: '/files', method: ['PUT'], parameters: uploadParameters },
  { url: '/files/uploads', method: ['POST', 'OPTIONS'], parameters: uploadSessionParameters },
  { url: '/files/uploads/:id', method: ['HEAD', 'PATCH', 'DELETE'], parameters: uploadSessionParameters },
  { url: '/files/:digest', method: ['GET', 'HEAD'], parameters: [] },
  { url: '/records/:srn/files/:name', method: ['GET', 'HEAD'], parameters: [] },
]

export function fileRoutes(app: FastifyInstance, routes: FileRoutes, o: { secret: string }): void {
  if (routes.kind === 'in-process') return routes.mount(app)
  const apology = 'Files cannot be served at the moment; try again in a little while.'
  const forward = forwardTo({ url: routes.url, secret: o.secret, apology })
  app.register(async (scope) => {
    // A body is passed on as it comes, whatever it is.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body))
    scope.addHook('preClose', async () => forward.stop())
    scope.addHook('onClose', async () => forward.close())
    for (const { parameters, ...route } of passedOn) {
      scope.route({ ...route, config: { hasLongBody: true, gate: 'uploadFile', parameters }, handler: forward.handle })
    }
  })
}
