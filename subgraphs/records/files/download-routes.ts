import { fileSightOf, recordRefOf, shownFileName, type StoredFile } from '@strata/domain/record'
import { NotFound, parseDigest, parseSrn } from '@strata/domain/shared'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { FileRouteParts } from './services.ts'
import { plainHeaders } from '../../http/plain-headers.ts'
import { sendFile } from './send-file.ts'

/** `GET /files/{digest}` and `GET /records/{srn}/files/{name}`, with HEAD. */
export function downloadRoutes(app: FastifyInstance, services: FileRouteParts): void {
  app.route<{ Params: { digest: string } }>({
    method: ['GET', 'HEAD'],
    url: '/files/:digest',
    handler: async (request, reply) => {
      const caller = await services.callerOf(plainHeaders(request))
      // One query covers both content that the caller may not see and content that does not exist, so the answers cannot differ.
      const file = await services.queries.file(parseDigest(request.params.digest, 'digest'), fileSightOf(caller))
      if (file === undefined) throw unknownFile
      return sendFile(services, request, reply, { ...file, name: nameless(file), isPublic: file.isPublished })
    },
  })

  app.route<{ Params: { srn: string; name: string } }>({
    method: ['GET', 'HEAD'],
    url: '/records/:srn/files/:name',
    handler: async (request, reply) => {
      await services.callerOf(plainHeaders(request))
      const file = await fileOfRecord(request, services)
      return sendFile(services, request, reply, { ...file, isPublic: true })
    },
  })
}

const unknownFile = new NotFound('There is no such file in this archive.', 'digest')

async function fileOfRecord(
  { params }: FastifyRequest<{ Params: { srn: string; name: string } }>,
  { queries, names, domain }: FileRouteParts,
) {
  const ref = recordRefOf(parseSrn(params.srn, 'srn'), domain)
  const [id] = ref === undefined ? [] : await names.idsOf([ref])
  // PostgreSQL's text has no NUL, and no name has one.
  const file = id === undefined || params.name.includes('\0') ? undefined : await queries.fileOf(id, params.name)
  if (file === undefined) throw new NotFound(`There is no file "${shownFileName(params.name)}" in ${params.srn}.`, 'name')
  return file
}

function nameless({ digest }: StoredFile): string {
  return digest.replace(':', '-')
}
