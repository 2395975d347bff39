import type { FastifyRequest } from 'fastify'

/** The operation in a request, as far as it could be parsed. The GraphQL server refuses malformed ones. */
export interface SentOperation {
  readonly query?: string | undefined
  readonly documentId?: string | undefined
  readonly operationName?: string | undefined
  readonly variables?: Readonly<Record<string, unknown>> | undefined
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
  /** Several operations in one request. */
  readonly isBatch: boolean
}

export interface GraphqlRequest {
  readonly search: string
  readonly body: unknown
}

export function sentRequest(request: FastifyRequest): GraphqlRequest {
  const start = request.url.indexOf('?')
  return { search: start === -1 ? '' : request.url.slice(start), body: request.body }
}

export function readOperation(method: string, { search, body }: GraphqlRequest): SentOperation {
  const isBatch = Array.isArray(body) && body.length > 0
  const given = method === 'GET' ? fromSearch(search) : isRecord(body) ? body : {}
  return {
    isBatch,
    query: textOf(given['query']),
    documentId: textOf(given['documentId']),
    operationName: textOf(given['operationName']),
    variables: recordOf(given['variables']),
    extensions: recordOf(given['extensions']),
  }
}

/** The same request with the document itself instead of its id. */
export function withDocument(method: string, { search, body }: GraphqlRequest, query: string): GraphqlRequest {
  if (method !== 'GET') {
    const { extensions: _, ...rest } = recordOf(body) ?? {}
    return { search, body: { ...rest, query } }
  }
  const parameters = new URLSearchParams(search)
  parameters.delete('extensions')
  parameters.set('query', query)
  return { search: `?${parameters.toString()}`, body }
}

function fromSearch(search: string): Record<string, unknown> {
  const parameters = new URLSearchParams(search)
  const json = (name: string) => {
    try {
      return JSON.parse(parameters.get(name) ?? 'null') as unknown
    } catch {
      // The server refuses it, with the name of the parameter.
      return undefined
    }
  }
  return { ...Object.fromEntries(parameters), variables: json('variables'), extensions: json('extensions') }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function recordOf(value: unknown): Record<string, unknown> | undefined {
  return isRecord(value) ? value : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
