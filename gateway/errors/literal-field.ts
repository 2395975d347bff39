import { BREAK, GraphQLError, parse, visit } from 'graphql'
import { fieldOf } from '../limits/literal-path.ts'

/** The input path of the literal in a validation error; undefined if the error is not about a literal. */
export function literalField(error: unknown): string | undefined {
  const node = error instanceof GraphQLError ? error.nodes?.[0] : undefined
  const place = node?.loc
  if (node === undefined || place === undefined) return undefined
  let path: string | undefined
  visit(parse(place.source), {
    enter(candidate, _key, parent, _path, ancestors) {
      if (candidate.kind !== node.kind || candidate.loc?.start !== place.start || candidate.loc.end !== place.end) return undefined
      path = fieldOf(parent === undefined ? [candidate] : [...ancestors, parent, candidate])
      return BREAK
    },
  })
  // The fault of an object may be a missing field.
  const missing = /^Field "\w+\.(\w+)" of required type /.exec(error instanceof GraphQLError ? error.message : '')?.[1]
  return path !== undefined && missing !== undefined ? `${path}.${missing}` : path
}
