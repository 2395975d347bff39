import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isAvailable } from './available.ts'

// A tool of the tests and no dependency: its licence, the GPL, would not go with the others.
const version = '3.7.2'
const directory = process.env['STRATA_TEST_RO_CRATE'] ?? `/var/cache/strata/ro-crate-${version}`

/** Whether the RO-Crate library of others is here to judge our crates. Skipped in plain sight, but never with `CI` set. */
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

/** What the library's validator says of each crate. */
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

/** It fetches the context of RO-Crate from the web; a test has none, and is given the library's own copy. */
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
