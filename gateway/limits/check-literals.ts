import { BadUserInput } from '@strata/domain/shared'
import { BREAK, Kind, visit, type ASTNode, type DocumentNode } from 'graphql'

/**
 * Refuses numbers that a double cannot hold, such as 1e400. They would become Infinity, which neither a query plan nor JSON can express.
 * Numbers in variables reach the subgraph, which checks them where it uses them.
 */
export function checkLiterals(document: DocumentNode): void {
  let fault: BadUserInput | undefined
  visit(document, {
    enter(node, _key, parent, _path, ancestors) {
      if ((node.kind !== Kind.INT && node.kind !== Kind.FLOAT) || Number.isFinite(Number(node.value))) return undefined
      const shown = node.value.length > 40 ? `${node.value.slice(0, 40)}…` : node.value
      fault = new BadUserInput(`${shown} is larger than a number can be.`, fieldOf(parent === undefined ? [node] : [...ancestors, parent, node]))
      return BREAK
    },
  })
  if (fault) throw fault
}

/** The input path for a refusal: the argument, then keys and positions in it. */
function fieldOf(nested: readonly (ASTNode | readonly ASTNode[])[]): string | undefined {
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
