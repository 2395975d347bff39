import { join } from 'node:path'
import { startVitest } from 'vitest/node'
import { attacks, type Attack } from './catalogue.ts'

/**
 * Runs every known attack on nodes, separate services, engines and registries that it starts itself, and prints which defences held. `npm
 * run attacks` runs all of them; `npm run attacks -- registry` runs those with that word in the title or the file name.
 */
const words = process.argv.slice(2)
const chosen = attacks.filter(({ title, files }) => words.every((word) => `${title} ${files.join(' ')}`.includes(word)))
if (chosen.length === 0) {
  process.stderr.write(`No attack has "${words.join(' ')}" in its title or its file. There are:\n${attacks.map(({ title }) => `  ${title}\n`).join('')}`)
  process.exit(2)
}

const root = join(import.meta.dirname, '../..')
const vitest = await startVitest(chosen.flatMap(({ files }) => files), { root, run: true, watch: false, reporters: ['dot'] })
const tried = new Map(vitest.state.getTestModules().map((module) => [module.relativeModuleId, module]))
const crashes = vitest.state.getUnhandledErrors().length
await vitest.close()

const verdicts = chosen.map((attack) => ({ attack, ...verdictOf(attack) }))
process.stdout.write('\n')
for (const { attack, word, detail } of verdicts) process.stdout.write(`${word.padEnd(9)} ${attack.title}${detail}\n`)
const broken = verdicts.filter(({ word }) => word === 'BROKEN').length
const skipped = verdicts.filter(({ word }) => word === 'not tried').length
process.stdout.write(`\n${verdicts.length - broken - skipped} held, ${broken} broken, ${skipped} not tried on this machine\n`)
process.exitCode = broken > 0 || crashes > 0 ? 1 : 0

function verdictOf({ files }: Attack): { readonly word: 'held' | 'BROKEN' | 'not tried'; readonly detail: string } {
  const modules = files.map((file) => tried.get(file))
  const tests = modules.flatMap((module) => (module === undefined ? [] : [...module.children.allTests()]))
  const failed = tests.filter((one) => one.result().state === 'failed').map((one) => `\n            ${one.fullName}`)
  const isBroken = modules.some((module) => module === undefined || module.state() === 'failed')
  if (isBroken) return { word: 'BROKEN', detail: failed.join('') }
  const passed = tests.filter((one) => one.result().state === 'passed').length
  return passed === 0 ? { word: 'not tried', detail: '' } : { word: 'held', detail: ` (${passed} tries)` }
}
