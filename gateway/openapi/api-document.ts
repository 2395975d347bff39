import { counted } from './counted.ts'
import { jsonAnswer, type JsonValue, type Paths } from './parts.ts'
import { servicePaths } from './service-paths.ts'

export interface ApiDocument {
  readonly base: string
  /** The descriptions of the subgraphs' plain HTTP routes. */
  readonly doors: readonly Paths[]
}

/** Everything that the gateway serves over HTTP, as OpenAPI 3.1. GraphQL is described by its own schema. */
export function apiDocument({ base, doors }: ApiDocument): JsonValue {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Strata',
      version: '1',
      summary: 'An archive for scientific data that can always say where a value came from.',
      description: 'Most of the API is GraphQL. This page describes the plain HTTP routes. All errors have the same shape.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: base }],
    security: [{}, { token: [] }],
    tags: [
      { name: 'data', description: 'Downloads and descriptions of datasets.' },
      { name: 'citations', description: 'Citations and their landing pages.' },
      { name: 'provenance', description: 'Where values come from.' },
      { name: 'files', description: 'Files of records.' },
      { name: 'import', description: 'Bulk import of records.' },
      { name: 'service', description: 'GraphQL, sign-in and health.' },
    ],
    paths: counted(Object.assign({}, servicePaths, ...doors)),
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Reads need no token, unless the archive is private.' },
      },
      schemas: {
        Errors: errors,
        ImportLine: importLine,
        StoredFile: storedFile,
        Manifest: { type: 'object', description: 'Described in docs/downloads.md.' },
      },
      responses: {
        Refused: jsonAnswer('Not done, and why.', 'Errors'),
        NotFound: jsonAnswer('Not found.', 'Errors'),
        TooMany: {
          ...jsonAnswer('Too many requests in a minute.', 'Errors'),
          headers: { 'Retry-After': { description: 'The delay in seconds.', schema: { type: 'integer' } } },
        },
      },
    },
  }
}

const errors = {
  type: 'object',
  required: ['errors'],
  properties: {
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['message', 'extensions'],
        properties: {
          message: { type: 'string', description: 'What happened and what to do.' },
          extensions: {
            type: 'object',
            required: ['code'],
            properties: {
              code: {
                type: 'string',
                enum: [
                  'BAD_USER_INPUT',
                  'NOT_FOUND',
                  'CONFLICT',
                  'CONTRACT_MISMATCH',
                  'RESERVED_NAME',
                  'STALE_LIVE_POINTER',
                  'ALREADY_RUNNING',
                  'STALE_VERSION',
                  'WITHDRAWN',
                  'UNAUTHENTICATED',
                  'FORBIDDEN',
                  'QUERY_TOO_COMPLEX',
                  'PAYLOAD_TOO_LARGE',
                  'RATE_LIMITED',
                  'UNAVAILABLE',
                  'INTERNAL',
                ],
              },
              field: { type: 'string', description: 'The part of the input at fault.' },
              requestId: { type: 'string' },
            },
          },
        },
      },
    },
  },
}

const importLine = {
  type: 'object',
  required: ['sourceId', 'metadata'],
  properties: { sourceId: { type: 'string' }, metadata: { type: 'object' } },
}

const storedFile = {
  type: 'object',
  required: ['digest', 'size'],
  properties: {
    digest: { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' },
    size: { type: 'integer' },
    mediaType: { type: ['string', 'null'] },
  },
}
