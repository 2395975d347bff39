import { readdir, readFile } from 'node:fs/promises'

export interface SubgraphSdl {
  readonly name: string
  readonly sdl: string
}

/** Reads the SDL of every folder with a `schema.graphql`. Reads files only, so composing runs no code of the subgraphs. */
export async function readSubgraphs(folder: URL): Promise<readonly SubgraphSdl[]> {
  const found = await Promise.all((await foldersIn(folder)).map((name) => readSubgraph(folder, name)))
  const subgraphs = found.filter((subgraph) => subgraph !== undefined)
  if (subgraphs.length === 0) throw new Error(`No schema.graphql was found in the folders of ${folder.pathname}.`)
  return subgraphs
}

/** `<name>/schema.graphql` has what the modules of the subgraph share; `<name>/<module>/schema.graphql` has what the module adds. */
async function readSubgraph(folder: URL, name: string): Promise<SubgraphSdl | undefined> {
  const own = new URL(`${name}/`, folder)
  const shared = await readSdl(own)
  // Folders of shared code have no schema.
  if (shared === undefined) return undefined
  const modules = await Promise.all((await foldersIn(own)).map((module) => readSdl(new URL(`${module}/`, own))))
  return { name, sdl: [shared, ...modules.filter((sdl) => sdl !== undefined)].join('\n') }
}

async function foldersIn(folder: URL): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

async function readSdl(folder: URL): Promise<string | undefined> {
  try {
    return await readFile(new URL('schema.graphql', folder), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
