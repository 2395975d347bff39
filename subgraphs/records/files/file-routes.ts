import type { FastifyInstance } from 'fastify'
import { downloadRoutes } from './download-routes.ts'
import type { FileServices } from './file-services.ts'
import { resumableRoutes } from './resumable-routes.ts'
import { uploadRoutes } from './upload-routes.ts'

/** Files over plain HTTP: PUT /files, /files/uploads, GET /files/{digest} and GET /records/{srn}/files/{name}. */
export function fileRoutes(app: FastifyInstance, services: FileServices): void {
  app.register(async (scope) => {
    // Whatever its type, a body is a stream here, and nobody reads it before its route does.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body))
    uploadRoutes(scope, services)
    scope.register(async (inner) => resumableRoutes(inner, services))
    downloadRoutes(scope, services)
  })
}
