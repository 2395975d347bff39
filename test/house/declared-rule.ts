import { readImports } from './read-imports.ts'
import type { SourceFile } from './tree.ts'

/** What a package.json declares: what its code may import, and what only its tests and generators may. */
export interface Declared {
  readonly dependencies: ReadonlySet<string>
  readonly devDependencies: ReadonlySet<string>
}

/** Code that never runs in an archive, so a development dependency is enough for it. */
const isForDevelopment = (path: string) =>
  /\.test(-d)?\.ts$|\.config\.ts$|^(test|bench)\/|\/(codegen|conformance)\/|^prisma\/engine\//.test(path)

/**
 * The imports of packages that the importing package does not declare itself. One program checks the types of all packages,
 * and Node finds what another package installed higher up, so neither of them reports such an import reliably.
 * `own` is the package.json nearest to the file, `root` the one at the top, whose tools every test may use.
 */
export function undeclaredImports(file: SourceFile, own: Declared, root: Declared): string[] {
  const forDevelopment = isForDevelopment(file.path)
  return readImports(file)
    .map(({ from, line }) => ({ name: packageOf(from), line }))
    .filter(({ name }) => name !== undefined && !isDeclared(name))
    .map(({ name, line }) => `${file.path}:${line} imports ${name}, which ${packageJsonOf(file.path)} does not declare`)

  function isDeclared(name: string): boolean {
    if (name === `@strata/${file.path.split('/')[0]}` || own.dependencies.has(name)) return true
    return forDevelopment && (own.devDependencies.has(name) || root.devDependencies.has(name))
  }
}

/** The package an import comes from; undefined for a file of the same package and for what Node itself has. */
function packageOf(from: string): string | undefined {
  if (from.startsWith('.') || from.startsWith('node:') || from.startsWith('/')) return undefined
  return from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/')
}

const packageJsonOf = (path: string) => (path.includes('/') ? `${path.split('/')[0]}/package.json` : 'package.json')
