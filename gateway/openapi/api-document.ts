import { counted } from './counted.ts'
import { jsonAnswer, type JsonValue, type Paths } from './parts.ts'
import { servicePaths } from './service-paths.ts'

export interface ApiDocument {
  readonly base: string
  /** The pages of what the subgraphs serve beside GraphQL. */
  readonly doors: readonly Paths[]
}

/** Everything that the gateway serves over HTTP, as OpenAPI 3.1. What GraphQL answers, its own schema says. */
export function apiDocument({ base, doors }: ApiDocument): JsonValue {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Strata',
      version: '1',
      summary: 'An archive for scientific data that can always say where a value came from.',
      description:
        'Most of what an archive does is asked in GraphQL. Here stands what goes over plain HTTP besides. Errors have one shape everywhere.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: base }],
    security: [{}, { token: [] }],
    tags: [
      { name: 'data', description: 'Downloads of datasets and what describes them.' },
      { name: 'citations', description: 'What a paper can name, and what a reader of it finds.' },
      { name: 'provenance', description: 'Where values come from.' },
      { name: 'files', description: 'Files of records.' },
      { name: 'import', description: 'Records by the million.' },
      { name: 'service', description: 'GraphQL, signing in, and how the service is.' },
    ],
    paths: counted(Object.assign({}, servicePaths, ...doors)),
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Reading needs none, unless the archive is private.' },
      },
      schemas: {
        Errors: errors,
        ImportLine: importLine,
        StoredFile: storedFile,
        Manifest: { type: 'object', description: 'docs/downloads.md says what is in it.' },
      },
      responses: {
        Refused: jsonAnswer('Not done, and why.', 'Errors'),
        NotFound: jsonAnswer('There is none.', 'Errors'),
        TooMany: {
          ...jsonAnswer('Too many requests in a minute.', 'Errors'),
          headers: { 'Retry-After': { description: 'In how many seconds.', schema: { type: 'integer' } } },
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
