import { parseMediaType, uploadParameters, type UploadInput } from '@strata/domain/record'
import { BadUserInput, parseDigest } from '@strata/domain/shared'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { FileRouteParts } from './services.ts'
import { drainRefused } from './drain-refused.ts'
import { plainHeaders } from '../../http/plain-headers.ts'
import { requestBytes } from './request-bytes.ts'
import { uploadCaller } from './upload-caller.ts'

/** `PUT /files?digest=…&convention=…&name=…`: the whole content as the body. */
export function uploadRoutes(app: FastifyInstance, services: FileRouteParts, stopping: AbortSignal): void {
  app.put('/files', { config: { hasLongBody: true, gate: 'uploadFile', parameters: uploadParameters } }, async (request, reply) => {
    try {
      const actor = await uploadCaller(request, services)
      const file = await services.upload({ ...uploadInput(request), bytes: requestBytes(request, stopping) }, actor)
      return await reply
        .code(201)
        .header('location', `/files/${file.digest}`)
        .send({ ...file, mediaType: file.mediaType ?? null })
    } finally {
      drainRefused(request, reply)
    }
  })
}

function uploadInput(request: FastifyRequest): UploadInput {
  const headers = plainHeaders(request)
  const digest = queryOf(request, 'digest')
  const length = headers['content-length']
  if (headers['content-encoding'] !== undefined) {
    throw new BadUserInput('Send the content as it is, without Content-Encoding: what is kept is what was sent.', 'content-encoding')
  }
  return {
    mediaType: parseMediaType(headers['content-type']),
    expectedDigest: digest === undefined ? reprDigest(headers['repr-digest']) : parseDigest(digest, 'digest'),
    convention: queryOf(request, 'convention'),
    name: queryOf(request, 'name'),
    size: length === undefined ? undefined : Number(length),
  }
}

function queryOf({ query }: FastifyRequest, name: string): string | undefined {
  const value = typeof query === 'object' && query !== null ? Object.entries(query).find(([key]) => key === name)?.[1] : undefined
  if (value === undefined || typeof value === 'string') return value
  throw new BadUserInput(`"${name}" is there more than once.`, name)
}

/** RFC 9530: `Repr-Digest: sha-256=:<base64>:`. Other algorithms in it are not ours to check. */
function reprDigest(header: string | undefined) {
  const base64 = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):/.exec(header ?? '')?.[1]
  if (base64 !== undefined) return parseDigest(`sha256:${Buffer.from(base64, 'base64').toString('hex')}`, 'repr-digest')
  if (/sha-256=/.test(header ?? '')) throw new BadUserInput('The header reads Repr-Digest: sha-256=:<base64>:', 'repr-digest')
  return undefined
}
