import { BadUserInput } from '@strata/domain/shared'
import { BREAK, Kind, visit, type DocumentNode } from 'graphql'
import { fieldOf } from './literal-path.ts'

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
      fault = new BadUserInput(
        `${shown} exceeds the largest number.`,
        fieldOf(parent === undefined ? [node] : [...ancestors, parent, node]),
      )
      return BREAK
    },
  })
  if (fault) throw fault
}
