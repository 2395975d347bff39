import { parseSync } from 'oxc-parser'
import { allowedModules } from './host/allowed-modules.ts'

/**
 * What keeps a text from being a hook's module, as a sentence for its author; undefined when nothing is seen. Looks
 * without running anything, so it finds mistakes, not malice: that is what the walls at run time are for.
 */
export function inspectModule(source: string): string | undefined {
  const { errors, module } = parseSync('hook.mjs', source, { sourceType: 'module', lang: 'js' })
  const [error] = errors
  if (error !== undefined) return `The module does not parse: ${error.message}${at(source, error.labels[0]?.start)}.`

  for (const { moduleRequest } of module.staticImports) {
    if (!allowedModules.includes(moduleRequest.value)) return forbidden(moduleRequest.value, at(source, moduleRequest.start))
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest } of entries) {
      if (moduleRequest && !allowedModules.includes(moduleRequest.value)) return forbidden(moduleRequest.value, at(source, moduleRequest.start))
    }
  }
  for (const { moduleRequest, start } of module.dynamicImports) {
    const specifier = /^(['"`])([^'"`$\\]*)\1$/.exec(source.slice(moduleRequest.start, moduleRequest.end))?.[2]
    if (specifier === undefined) return `The module imports something whose name is only known when it runs${at(source, start)}; give the name as a plain text.`
    if (!allowedModules.includes(specifier)) return forbidden(specifier, at(source, start))
  }
  const hasDefault = module.staticExports.some(({ entries }) => entries.some(({ exportName }) => exportName.kind === 'Default' || exportName.name === 'default'))
  return hasDefault ? undefined : 'The module has no default export. Write `export default async function hook({ record, files, config, reject }) { … }`.'
}

function forbidden(specifier: string, where: string): string {
  return `The module imports "${specifier.slice(0, 100)}"${where}, which a hook may not. Bundle what you need into the one file; of Node's own, these are allowed: ${allowedModules.join(', ')}.`
}

function at(source: string, offset: number | undefined): string {
  return offset === undefined ? '' : ` (line ${source.slice(0, offset).split('\n').length})`
}
