import { fileSightOf, recordRefOf, shownFileName, type RecordRef, type StoredFile, type Withdrawal } from '@strata/domain/record'
import { NotFound, parseDigest, parseSrn } from '@strata/domain/shared'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
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
      const { ref, withdrawn } = await recordOf(request.params.srn, services)
      if (withdrawn !== undefined) reply.header('strata-withdrawn', withdrawn.kind.toLowerCase())
      if (withdrawn?.kind === 'REMOVED') return sendGone(reply, withdrawn)
      const file = await fileOfRecord(request, ref, services)
      return sendFile(services, request, reply, { ...file, isPublic: true, isOfRecord: true })
    },
  })
}

async function recordOf(srn: string, { records, domain }: FileRouteParts) {
  const ref = recordRefOf(parseSrn(srn, 'srn'), domain)
  const [withdrawn] = ref === undefined ? [] : await records.withdrawalsOf([ref.identity])
  return { ref, withdrawn }
}

function sendGone(reply: FastifyReply, { reason, at, by }: Withdrawal): FastifyReply {
  const message = `The record was removed by ${by} at ${at.toISOString()}, and its files with it: ${reason}`
  return reply
    .code(410)
    .type('application/json; charset=utf-8')
    .send({ errors: [{ message, extensions: { code: 'NOT_FOUND', field: 'srn' } }] })
}

const unknownFile = new NotFound('There is no such file in this archive.', 'digest')

async function fileOfRecord(
  { params }: FastifyRequest<{ Params: { srn: string; name: string } }>,
  ref: RecordRef | undefined,
  { queries, names }: FileRouteParts,
) {
  const [id] = ref === undefined ? [] : await names.idsOf([ref])
  // PostgreSQL's text has no NUL, and no name has one.
  const file = id === undefined || params.name.includes('\0') ? undefined : await queries.fileOf(id, params.name)
  if (file === undefined) throw new NotFound(`There is no file "${shownFileName(params.name)}" in ${params.srn}.`, 'name')
  return file
}

function nameless({ digest }: StoredFile): string {
  return digest.replace(':', '-')
}
