import { readFile, writeFile } from 'node:fs/promises'
import { composeArtifacts, type SupergraphArtifacts } from './supergraph-artifacts.ts'
import { readSubgraphs } from './subgraph-sdl.ts'

const gatewayFolder = new URL('..', import.meta.url)
const subgraphsFolder = new URL('../../subgraphs/', import.meta.url)

if (import.meta.main) await writeArtifacts()

/** The committed files that do not match the subgraphs' schemas. */
export async function outdatedArtifacts(subgraphs = subgraphsFolder, committed = gatewayFolder): Promise<readonly string[]> {
  const wanted = await composeFolder(subgraphs)
  const outdated: string[] = []
  for (const [name, text] of Object.entries(files(wanted))) {
    if ((await readIfThere(new URL(name, committed))) !== text) outdated.push(`gateway/${name}`)
  }
  return outdated
}

export async function writeArtifacts(subgraphs = subgraphsFolder, into = gatewayFolder): Promise<void> {
  const artifacts = await composeFolder(subgraphs)
  for (const [name, text] of Object.entries(files(artifacts))) await writeFile(new URL(name, into), text)
}

export async function composeFolder(subgraphs: URL): Promise<SupergraphArtifacts> {
  return composeArtifacts(await readSubgraphs(subgraphs))
}

function files(artifacts: SupergraphArtifacts): Record<string, string> {
  return { 'supergraph.graphql': artifacts.supergraph, 'api.graphql': artifacts.api }
}

async function readIfThere(file: URL): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}
