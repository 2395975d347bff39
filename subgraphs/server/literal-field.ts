import { BREAK, Kind, parse, visit, type ASTNode, type GraphQLError } from 'graphql'

/** The input path of the literal that an error is about: the argument, then keys and positions in it. Undefined when it is about none. */
export function literalField({ nodes }: GraphQLError): string | undefined {
  const place = nodes?.[0]?.loc
  if (place === undefined) return undefined
  const path: string[] = []
  let found = false
  visit(parse(place.source), {
    enter(node, key, parent) {
      const step = stepOf(node, key, parent)
      if (step !== undefined) path.push(step)
      found = isValue(node) && node.loc?.start === place.start && node.loc.end === place.end
      return found ? BREAK : undefined
    },
    leave(node, key, parent) {
      if (stepOf(node, key, parent) !== undefined) path.pop()
    },
  })
  return found && path.length > 0 ? path.join('.') : undefined
}

function stepOf(node: ASTNode, key: string | number | undefined, parent: ASTNode | readonly ASTNode[] | undefined): string | undefined {
  if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD) return node.name.value
  if (node.kind === Kind.VARIABLE_DEFINITION) return node.variable.name.value
  return isValue(node) && typeof key === 'number' && Array.isArray(parent) ? String(key) : undefined
}

function isValue({ kind }: ASTNode): boolean {
  return kind !== Kind.VARIABLE && (kind.endsWith('Value') || kind === Kind.LIST || kind === Kind.OBJECT)
}
