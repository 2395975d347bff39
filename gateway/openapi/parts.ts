/** A JSON value. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue }
export type JsonRecord = { readonly [key: string]: JsonValue }

/** By address and method. */
export type Paths = Readonly<Record<string, Operations>>
type Operations = Readonly<Record<string, JsonRecord & { readonly responses: JsonRecord }>>

export const refused = { $ref: '#/components/responses/Refused' }
export const notFound = { $ref: '#/components/responses/NotFound' }

export function jsonAnswer(description: string, schema?: string): JsonRecord {
  return {
    description,
    content: { 'application/json': { schema: schema === undefined ? { type: 'object' } : { $ref: `#/components/schemas/${schema}` } } },
  }
}

export function bytesAnswer(description: string, ...types: readonly string[]): JsonRecord {
  return { description, content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'string', contentMediaType: type } }])) }
}

export function inPath(name: string, description: string): JsonRecord {
  return { name, in: 'path', required: true, description, schema: { type: 'string' } }
}

export function inQuery(name: string, description: string, schema: JsonRecord = { type: 'string' }): JsonRecord {
  return { name, in: 'query', required: false, description, schema }
}

export function inHeader(name: string, description: string, required = false): JsonRecord {
  return { name, in: 'header', required, description, schema: { type: 'string' } }
}

/** The format of `asOf`. */
export const moment =
  'A time with its zone, like 2026-01-31T12:00:00Z, or a date, like 2026-01-31: the end of that day in UTC, or now if the day has not ended.'

/** GET, and HEAD with the same answers without a body. */
export function readable(
  operationId: string,
  o: { readonly tag: string; readonly summary: string; readonly parameters?: readonly JsonRecord[]; readonly responses: JsonRecord },
): Operations {
  const { tag, summary, parameters = [], responses } = o
  const head = Object.fromEntries(Object.entries(responses).map(([status]) => [status, { description: 'As GET, without a body.' }]))
  return {
    get: { operationId, tags: [tag], summary, parameters, responses },
    head: { operationId: `${operationId}Head`, tags: [tag], summary: `${summary} (headers alone)`, parameters, responses: head },
  }
}
