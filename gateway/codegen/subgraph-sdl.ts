import { readdir, readFile } from 'node:fs/promises'

export interface SubgraphSdl {
  readonly name: string
  readonly sdl: string
}

/** Every `<name>/schema.graphql` below the folder, by name: as files, so that composing runs none of the subgraphs' code. */
export async function readSubgraphs(folder: URL): Promise<readonly SubgraphSdl[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const found = await Promise.all(names.sort().map((name) => readSubgraph(folder, name)))
  const subgraphs = found.filter((subgraph) => subgraph !== undefined)
  if (subgraphs.length === 0) throw new Error(`No schema.graphql was found in the folders of ${folder.pathname}.`)
  return subgraphs
}

async function readSubgraph(folder: URL, name: string): Promise<SubgraphSdl | undefined> {
  try {
    return { name, sdl: await readFile(new URL(`${name}/schema.graphql`, folder), 'utf8') }
  } catch (error) {
    // Folders of shared code have no schema.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
