import type { UploadProgress } from '@strata/domain/record'
import { BadUserInput } from '@strata/domain/shared'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { drainRefused } from './drain-refused.ts'
import type { FileServices } from './file-services.ts'
import { plainHeaders } from './plain-headers.ts'
import { requestBytes } from './request-bytes.ts'
import { uploadCaller } from './upload-caller.ts'
import { uploadMetadata } from './upload-metadata.ts'

const version = '1.0.0'

/** Resumable uploads by the tus protocol 1.0 (https://tus.io): its core, with creation and termination. */
export function resumableRoutes(app: FastifyInstance, services: FileServices): void {
  const { resumable } = services
  const capabilities = { 'tus-version': version, 'tus-extension': 'creation,termination', 'tus-max-size': services.maxFileBytes }

  app.options('/files/uploads', async (_request, reply) => reply.code(204).headers({ 'tus-resumable': version, ...capabilities }).send())

  app.post('/files/uploads', async (request, reply) => {
    const actor = await callerAt(request, reply, services)
    const size = wholeHeader(request, 'upload-length')
    const progress = await resumable.begin({ ...uploadMetadata(plainHeaders(request)['upload-metadata']), size }, actor)
    return tell(reply.code(201).header('location', `${services.publicUrl ?? ''}/files/uploads/${progress.id}`), progress).send()
  })

  app.head<ById>('/files/uploads/:id', async (request, reply) => {
    const actor = await callerAt(request, reply, services)
    return tell(reply, await resumable.progress(request.params.id, actor)).send()
  })

  app.patch<ById>('/files/uploads/:id', async (request, reply) => {
    try {
      const actor = await callerAt(request, reply, services)
      requireOffsetStream(request)
      const at = wholeHeader(request, 'upload-offset')
      const progress = await resumable.continue({ id: request.params.id, at, bytes: requestBytes(request) }, actor)
      return await tell(reply.code(204), progress).send()
    } finally {
      drainRefused(request, reply)
    }
  })

  app.delete<ById>('/files/uploads/:id', async (request, reply) => {
    await resumable.end(request.params.id, await callerAt(request, reply, services))
    return reply.code(204).send()
  })
}

interface ById {
  Params: { id: string }
}

async function callerAt(request: FastifyRequest, reply: FastifyReply, services: FileServices): Promise<string> {
  reply.headers({ 'tus-resumable': version, 'cache-control': 'no-store' })
  if (plainHeaders(request)['tus-resumable'] !== version) {
    reply.header('tus-version', version)
    throw new UnsupportedVersion(`Send "Tus-Resumable: ${version}"; this archive speaks no other version.`, 'tus-resumable')
  }
  return uploadCaller(request, services)
}

class UnsupportedVersion extends BadUserInput {}

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
