import { join } from 'node:path/posix'
import { readImports } from './read-imports.ts'
import type { SourceFile } from './tree.ts'

/** Who may import whom, and nothing else. A folder may always import itself; npm's libraries are free but in `domain`. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  prisma: [],
  infrastructure: ['domain', 'prisma'],
  gateway: ['domain'],
  subgraphs: ['domain'],
  workers: ['domain'],
  standalone: ['gateway', 'subgraphs', 'workers', 'infrastructure'],
  sdk: [],
  web: [],
  examples: ['sdk'],
}

/** These compose: the files of each that also know the adapters. */
const composers: Readonly<Record<string, readonly string[]>> = {
  'gateway/compose.ts': ['domain', 'infrastructure'],
  'subgraphs/compose.ts': ['domain', 'infrastructure'],
  'subgraphs/conventions/compose.ts': ['domain', 'infrastructure'],
  'subgraphs/data/compose.ts': ['domain', 'infrastructure'],
  'subgraphs/records/compose.ts': ['domain', 'infrastructure'],
  'subgraphs/registry/compose.ts': ['domain', 'infrastructure'],
  'workers/compose.ts': ['domain', 'infrastructure'],
  'workers/events/compose.ts': ['domain', 'infrastructure'],
  'workers/removals/compose.ts': ['domain', 'infrastructure'],
  'workers/runs/compose.ts': ['domain', 'infrastructure'],
  'workers/verifying/compose.ts': ['domain', 'infrastructure'],
}

/** The services of separate processes: none imports another. What they share is in the folders beside them. */
const subgraphs = ['conventions', 'registry', 'records', 'data']

/** Pure computation; everything else would be I/O or a framework. */
const librariesOfDomain = ['node:crypto', 're2js', 'spdx-expression-parse', 'spdx-license-ids/index.json']

/** Tests and benchmarks compose what they need, so they may import anything. */
const free = (path: string) => path.endsWith('.test.ts') || /^(test|bench|deploy|docs)\//.test(path)

/** The breaches of one file, each as `file:line imports X: …`. */
export function importBreaches(file: SourceFile): string[] {
  const layer = file.path.split('/')[0] ?? ''
  if (!file.path.includes('/') || free(file.path)) return []
  const allowed = composers[file.path] ?? mayImport[layer]
  if (allowed === undefined) return [`${file.path}:1 is in ${layer}/, for which there is no import rule`]

  const imports = readImports(file)
  const own = subgraphOf(file.path)
  return [
    ...imports
      .filter(({ from }) => !isAllowed(from, file.path, layer, allowed))
      .map(({ from, line }) => `${file.path}:${line} imports ${from}: ${rule(file.path, layer, allowed)}`),
    ...imports
      .filter(({ from }) => own !== undefined && isOfAnotherSubgraph(from, file.path, own))
      .map(({ from, line }) => `${file.path}:${line} imports ${from}: a subgraph may not import another`),
  ]
}

/** The folder below `subgraphs/` that a file is in: a subgraph, or what subgraphs share. */
function subgraphOf(path: string): string | undefined {
  const [layer, folder, ...rest] = path.split('/')
  return layer === 'subgraphs' && rest.length > 0 ? folder : undefined
}

function isOfAnotherSubgraph(from: string, path: string, own: string): boolean {
  const target = from.startsWith('.') ? subgraphOf(join(path, '..', from)) : undefined
  return target !== undefined && target !== own && subgraphs.includes(target)
}

function isAllowed(from: string, path: string, layer: string, allowed: readonly string[]): boolean {
  const target = layerOf(from, path)
  if (target !== undefined) return target === layer || allowed.includes(target)
  return layer !== 'domain' || librariesOfDomain.includes(from)
}

/** The top-level folder that an import lands in; undefined for a library. */
function layerOf(from: string, path: string): string | undefined {
  if (from.startsWith('.')) return join(path, '..', from).split('/')[0]
  return /^@strata\/([^/]+)/.exec(from)?.[1]
}

function rule(path: string, layer: string, allowed: readonly string[]): string {
  const subject = path in composers ? path : layer
  if (layer === 'domain') return `domain may import only ${librariesOfDomain.join(', ')}`
  return `${subject} may import only ${allowed.length === 0 ? 'itself and libraries' : `${allowed.join(', ')} and libraries`}`
}
