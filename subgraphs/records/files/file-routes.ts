import { Unavailable } from '@strata/domain/shared'
import type { FastifyInstance } from 'fastify'
import { downloadRoutes } from './download-routes.ts'
import type { FileRouteParts } from './services.ts'
import { resumableRoutes } from './resumable-routes.ts'
import { uploadRoutes } from './upload-routes.ts'

/** Files over plain HTTP: PUT /files, /files/uploads, GET /files/{digest} and GET /records/{srn}/files/{name}. */
export function fileRoutes(app: FastifyInstance, services: FileRouteParts): void {
  const stopping = new AbortController()
  app.addHook('preClose', async () =>
    stopping.abort(
      new Unavailable(
        'The archive is stopping. What has arrived of a resumable upload is kept; ask for its offset in a moment and send the rest.',
      ),
    ),
  )
  app.register(async (scope) => {
    // Whatever its type, a body is a stream here, and only its route reads it.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body))
    uploadRoutes(scope, services, stopping.signal)
    scope.register(async (inner) => resumableRoutes(inner, services, stopping.signal))
    downloadRoutes(scope, services)
  })
}
