import { Kind, type ASTNode } from 'graphql'

/** The input path of the last of these nested nodes: the argument, then keys and positions in it. */
export function fieldOf(nested: readonly (ASTNode | readonly ASTNode[])[]): string | undefined {
  const path: string[] = []
  nested.forEach((ancestor, depth) => {
    if (isList(ancestor)) return
    if (ancestor.kind === Kind.ARGUMENT || ancestor.kind === Kind.OBJECT_FIELD) path.push(ancestor.name.value)
    if (ancestor.kind === Kind.VARIABLE_DEFINITION) path.push(ancestor.variable.name.value)
    if (ancestor.kind === Kind.LIST) {
      const below = nested[depth + 2]
      path.push(String(ancestor.values.findIndex((value) => value === below)))
    }
  })
  return path.length === 0 ? undefined : path.join('.')
}

function isList(ancestor: ASTNode | readonly ASTNode[]): ancestor is readonly ASTNode[] {
  return Array.isArray(ancestor)
}
