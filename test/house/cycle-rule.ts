import { dirname, join } from 'node:path'
import { readImports } from './read-imports.ts'
import type { SourceFile } from './tree.ts'

/** Groups of files that import each other, types included, each group sorted. The lint rule for cycles sees only imports of values. */
export function importCycles(files: readonly SourceFile[]): readonly (readonly string[])[] {
  const paths = new Set(files.map(({ path }) => path))
  const graph = new Map(files.map((file) => [file.path, importedBy(file).filter((path) => paths.has(path))]))
  return stronglyConnected(graph)
    .filter((group) => group.length > 1)
    .map((group) => group.toSorted())
}

function importedBy(file: SourceFile): readonly string[] {
  return readImports(file).flatMap(({ from }) => (from.startsWith('.') ? [join(dirname(file.path), from)] : []))
}

/** Tarjan's algorithm. */
function stronglyConnected(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const open: string[] = []
  const groups: string[][] = []
  for (const node of graph.keys()) if (!order.has(node)) visit(node)
  return groups

  function visit(node: string): void {
    order.set(node, order.size)
    lowest.set(node, order.get(node) ?? 0)
    open.push(node)
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next)
      if (open.includes(next)) lowest.set(node, Math.min(lowest.get(node) ?? 0, lowest.get(next) ?? 0))
    }
    if (lowest.get(node) === order.get(node)) groups.push(open.splice(open.indexOf(node)))
  }
}
