import { readFile } from 'node:fs/promises'

/** The committed composed schema; it contains no addresses. */
export async function readSupergraph(): Promise<string> {
  return readFile(new URL('../supergraph.graphql', import.meta.url), 'utf8')
}
