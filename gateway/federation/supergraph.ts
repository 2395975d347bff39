import { readFile } from 'node:fs/promises'

/** The composed schema as committed beside this code; it holds no addresses. */
export async function readSupergraph(): Promise<string> {
  return readFile(new URL('../supergraph.graphql', import.meta.url), 'utf8')
}
