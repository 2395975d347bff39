import { uploadSessionParameters as parameters, type UploadProgress } from '@strata/domain/record'
import { BadUserInput } from '@strata/domain/shared'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { drainRefused } from './drain-refused.ts'
import type { FileRouteParts } from './services.ts'
import { latestAlone } from './latest-alone.ts'
import { plainHeaders } from '../../http/plain-headers.ts'
import { requestBytes } from './request-bytes.ts'
import { uploadCaller } from './upload-caller.ts'
import { uploadMetadata } from './upload-metadata.ts'

const version = '1.0.0'

/** Resumable uploads by the tus protocol 1.0 (https://tus.io): its core, with creation and termination. */
export function resumableRoutes(app: FastifyInstance, services: FileRouteParts, stopping: AbortSignal): void {
  const { resumable } = services
  const alone = latestAlone()
  const capabilities = { 'tus-version': version, 'tus-extension': 'creation,termination', 'tus-max-size': services.maxFileBytes }

  app.options('/files/uploads', { config: { parameters } }, async (_request, reply) => reply.code(204).headers(capabilities).send())

  app.addHook('onRequest', async (request, reply) => {
    reply.header('tus-resumable', version)
    if (request.method === 'OPTIONS' || request.headers['tus-resumable'] === version) return
    const message = `Send "Tus-Resumable: ${version}"; this archive speaks no other version.`
    const error = { message, extensions: { code: 'BAD_USER_INPUT', field: 'tus-resumable', requestId: request.id } }
    await reply
      .code(412)
      .header('tus-version', version)
      .send({ errors: [error] })
  })

  app.post('/files/uploads', { config: { gate: 'uploadFile', parameters } }, async (request, reply) => {
    const actor = await uploadCaller(request, services)
    const size = wholeHeader(request, 'upload-length')
    const progress = await resumable.begin({ ...uploadMetadata(plainHeaders(request)['upload-metadata']), size }, actor)
    return tell(reply.code(201).header('location', `${services.publicUrl ?? ''}/files/uploads/${progress.id}`), progress).send()
  })

  app.head<ById>('/files/uploads/:id', { config: { parameters } }, async (request, reply) => {
    const actor = await uploadCaller(request, services)
    return tell(reply, await resumable.progress(request.params.id, actor)).send()
  })

  app.patch<ById>('/files/uploads/:id', { config: { hasLongBody: true, gate: 'uploadFile', parameters } }, async (request, reply) => {
    try {
      const actor = await uploadCaller(request, services)
      requireOffsetStream(request)
      const at = wholeHeader(request, 'upload-offset')
      const { id } = request.params
      const progress = await alone(
        `${actor} ${id}`,
        () => request.raw.destroy(),
        () => resumable.continue({ id, at, bytes: requestBytes(request, stopping) }, actor),
      )
      return await tell(reply.code(204), progress).send()
    } finally {
      drainRefused(request, reply)
    }
  })

  app.delete<ById>('/files/uploads/:id', { config: { gate: 'uploadFile', parameters } }, async (request, reply) => {
    await resumable.end(request.params.id, await uploadCaller(request, services))
    return reply.code(204).send()
  })
}

interface ById {
  Params: { id: string }
}

/** `Strata-Digest` is there once the upload is complete: it is the name under which the file is kept. */
function tell(reply: FastifyReply, { offset, size, digest }: UploadProgress): FastifyReply {
  reply.headers({ 'upload-offset': offset, 'upload-length': size })
  return digest === undefined ? reply : reply.header('strata-digest', digest)
}

function wholeHeader(request: FastifyRequest, name: string): number {
  const value = plainHeaders(request)[name] ?? ''
  if (/^\d{1,15}$/.test(value)) return Number(value)
  throw new BadUserInput(`The header "${name}" should be a whole number of bytes.`, name)
}

function requireOffsetStream(request: FastifyRequest): void {
  if (plainHeaders(request)['content-type'] === 'application/offset+octet-stream') return
  throw new BadUserInput('Send the bytes with "Content-Type: application/offset+octet-stream".', 'content-type')
}
