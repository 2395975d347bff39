import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '..')

/** The SDL of a subgraph: what its modules share, in its own schema.graphql, followed by the schema.graphql of each module. */
export function subgraphSdl(name: string): string {
  const modules = readdirSync(join(folder, name)).sort()
  const files = ['', ...modules].map((module) => join(folder, name, module, 'schema.graphql'))
  return files
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
}
