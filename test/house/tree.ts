import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

export const root = join(import.meta.dirname, '../..')

/** A file of the project: its path below the root, and its text when asked. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

const notOurs = new Set(['node_modules', 'generated', 'coverage'])

/** Every folder and file that people wrote, as paths below the root. */
export function walk(folder = root): { readonly folders: readonly string[]; readonly files: readonly string[] } {
  const folders: string[] = []
  const files: string[] = []
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (notOurs.has(entry.name) || entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    if (!entry.isDirectory()) {
      files.push(relative(root, path))
      continue
    }
    const below = walk(path)
    folders.push(relative(root, path), ...below.folders)
    files.push(...below.files)
  }
  return { folders, files }
}

export function codeFiles(): SourceFile[] {
  return walk()
    .files.filter((path) => /\.(ts|tsx|mts|mjs|js)$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}
