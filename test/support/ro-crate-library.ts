import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isAvailable } from './available.ts'

// Only a tool for tests, not a dependency: its licence, the GPL, is not compatible with the project's.
const version = '3.7.2'
const directory = process.env['STRATA_TEST_RO_CRATE'] ?? `/var/cache/strata/ro-crate-${version}`

/** Whether the independent RO-Crate library is installed to validate exports. Without it, tests are skipped, but not with `CI` set. */
export function isRoCrateLibraryInstalled(): boolean {
  return isAvailable({
    name: 'the RO-Crate library',
    missing: existsSync(join(directory, 'node_modules/ro-crate'))
      ? undefined
      : `it is not installed (npm install --no-save --prefix ${directory} ro-crate@${version}).`,
  })
}

export interface CrateFinding {
  readonly id: string
  readonly status: 'success' | 'info' | 'warning' | 'error'
  readonly message: string
}

/** The findings of the library's validator for each crate. */
export function judgedByRoCrateLibrary(crates: readonly unknown[]): readonly (readonly CrateFinding[])[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', program], {
    cwd: directory,
    input: JSON.stringify(crates),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status !== 0) throw new Error(`the RO-Crate library broke: ${stderr}`)
  return JSON.parse(stdout)
}

/** The library fetches the RO-Crate context from the web; this program uses the library's own copy instead. */
const program = `
const context = require('ro-crate/lib/context.json')
globalThis.fetch = async () => ({ ok: true, json: async () => context })
const { Validator } = require('ro-crate')
const judge = async (crate) => {
  const validator = new Validator()
  validator.parseJSON(JSON.stringify(crate))
  await validator.crate?.resolveContext()
  await validator.validate()
  return validator.results
}
Promise.all(JSON.parse(require('node:fs').readFileSync(0, 'utf8')).map(judge)).then((all) => process.stdout.write(JSON.stringify(all)))
`
