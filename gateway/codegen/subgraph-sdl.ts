import { readdir, readFile } from 'node:fs/promises'

export interface SubgraphSdl {
  readonly name: string
  readonly sdl: string
}

/** Reads every `<name>/schema.graphql` below the folder. Reads files only, so composing runs no code of the subgraphs. */
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
