import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './tree.ts'

export interface Library {
  readonly name: string
  readonly licence: string
}

/** Every library that a package.json here asks for; without a licence when this platform does not install it. */
export function directLibraries(): { readonly name: string; readonly licence: string | undefined }[] {
  const found = new Map<string, string | undefined>()
  for (const folder of ['.', ...readdirSync(root)]) {
    const manifest = join(root, folder, 'package.json')
    if (!existsSync(manifest)) continue
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync(manifest, 'utf8'))
    for (const name of Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
      if (!name.startsWith('@strata/')) found.set(name, licenceIn(join(root, folder, 'node_modules', name)))
    }
  }
  return [...found].map(([name, licence]) => ({ name, licence }))
}

/** Everything installed, what the libraries bring with them included. */
export function installedLibraries(): Library[] {
  const store = join(root, 'node_modules/.pnpm')
  return readdirSync(store, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .flatMap((entry) => packagesIn(join(store, entry.name, 'node_modules')))
}

function packagesIn(folder: string): Library[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (!existsSync(join(path, 'package.json')))
        return packagesIn(path).map((inner) => ({ ...inner, name: `${entry.name}/${inner.name}` }))
      return [{ name: entry.name, licence: licenceIn(path) ?? 'none' }]
    })
}

function licenceIn(folder: string): string | undefined {
  const manifest = join(folder, 'package.json')
  if (!existsSync(manifest)) return undefined
  const { license } = JSON.parse(readFileSync(manifest, 'utf8'))
  return typeof license === 'string' ? license : license?.type
}
