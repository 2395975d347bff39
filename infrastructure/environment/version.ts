import { readFileSync } from 'node:fs'

/** The version of this archive's code, from package.json at the top of the repository. */
export const version = readVersion()

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  const isNamed = typeof manifest === 'object' && manifest !== null && 'version' in manifest && typeof manifest.version === 'string'
  if (!isNamed) throw new Error('package.json at the top of the repository has no version.')
  return manifest.version as string
}
