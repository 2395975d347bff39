import type { ProgramKind } from '@strata/domain/run'
import { parseSync } from 'oxc-parser'
import { allowedModules } from './host/allowed-modules.ts'

/**
 * What keeps a text from being a program's module, in sentences for its author; none when nothing is seen. Looks without running anything, so it
 * finds mistakes, not malice: that is what the walls at run time are for.
 */
export function inspectModule(source: string, kind: ProgramKind = 'hook'): readonly string[] {
  const { errors, module } = parseSync('program.mjs', source, { sourceType: 'module', lang: 'js' })
  // What comes after the first place that does not parse is a guess.
  const [error] = errors
  if (error !== undefined) return [`The module does not parse: ${error.message}${at(source, error.labels[0]?.start)}.`]

  const requests = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest),
    ...module.staticExports.flatMap(({ entries }) => entries.map((entry) => entry.moduleRequest)),
  ]
  const named = requests
    .filter((request) => request !== null && request !== undefined)
    .map(({ value, start }) => faultOfImport(kind, value, at(source, start)))
  const computed = module.dynamicImports.map(({ moduleRequest, start }) => {
    const specifier = /^(['"`])([^'"`$\\]*)\1$/.exec(source.slice(moduleRequest.start, moduleRequest.end))?.[2]
    if (specifier !== undefined) return faultOfImport(kind, specifier, at(source, start))
    return `The module imports something whose name is only known when it runs${at(source, start)}; give the name as a plain text.`
  })
  const hasDefault = module.staticExports.some(({ entries }) =>
    entries.some(({ exportName }) => exportName.kind === 'Default' || exportName.name === 'default'),
  )
  const faults = [...named, ...computed, hasDefault ? undefined : `The module has no default export. Write \`${examples[kind]}\`.`]
  return [...new Set(faults.filter((fault) => fault !== undefined))].slice(0, mostFaults)
}

const mostFaults = 20

const examples: { readonly [Kind in ProgramKind]: string } = {
  hook: 'export default async function hook({ record, files, config, reject }) { … }',
  ingester: 'export default async function ingest({ session, since, limit, config, fetch }) { … }',
}

/** What a program that imports a network module has to be told. */
const withoutNetwork: { readonly [Kind in ProgramKind]: string } = {
  hook: 'Hooks have no network: what a hook needs has to be in its record, its files or its config.',
  ingester: 'An ingester reaches its source only through the `fetch` that it is given.',
}

const networkModules = /^(?:node:)?(?:https?|http2|net|tls|dns|dgram|undici)(?:\/|$)/

function faultOfImport(kind: ProgramKind, specifier: string, where: string): string | undefined {
  if (allowedModules.includes(specifier)) return undefined
  const what = `The module imports "${specifier.slice(0, 100)}"${where}, which ${kind === 'hook' ? 'a hook' : 'an ingester'} may not.`
  if (networkModules.test(specifier)) return `${what} ${withoutNetwork[kind]}`
  return `${what} Bundle what you need into the one file; of Node's own, these are allowed: ${allowedModules.join(', ')}.`
}

function at(source: string, offset: number | undefined): string {
  return offset === undefined ? '' : ` (line ${source.slice(0, offset).split('\n').length})`
}
