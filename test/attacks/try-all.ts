import { join } from 'node:path'
import { startVitest, type Reporter, type TestModule } from 'vitest/node'
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

const began = performance.now()
const ended = new Map<string, TestModule>()
const verdicts = new Map<Attack, Verdict>()

/** Prints an attack as soon as its last file has ended. */
const reporter: Reporter = {
  onTestModuleEnd(module) {
    ended.set(module.relativeModuleId, module)
    for (const attack of chosen) if (!verdicts.has(attack) && attack.files.every((file) => ended.has(file))) print(attack)
  },
}
process.stdout.write(`Trying ${chosen.length} attacks; all of them take about five minutes.\n\n`)
const vitest = await startVitest(chosen.flatMap(({ files }) => files), { root: join(import.meta.dirname, '../..'), run: true, watch: false, reporters: [reporter] })
const crashes = vitest.state.getUnhandledErrors()
await vitest.close()

for (const attack of chosen) if (!verdicts.has(attack)) print(attack)
for (const crash of crashes) process.stdout.write(`outside any test: ${String((crash as { readonly message?: unknown }).message)}\n`)
const count = (word: Verdict['word']) => [...verdicts.values()].filter((verdict) => verdict.word === word).length
const minutes = ((performance.now() - began) / 60_000).toFixed(1)
process.stdout.write(`\n${count('held')} held, ${count('BROKEN')} broken, ${count('not tried')} not tried on this machine, in ${minutes} minutes\n`)
process.exitCode = count('BROKEN') > 0 || crashes.length > 0 ? 1 : 0

interface Verdict {
  readonly word: 'held' | 'BROKEN' | 'not tried'
  readonly detail: string
}

function print(attack: Attack): void {
  const verdict = verdictOf(attack)
  verdicts.set(attack, verdict)
  process.stdout.write(`${verdict.word.padEnd(9)} ${attack.title}${verdict.detail}\n`)
}

function verdictOf({ files }: Attack): Verdict {
  const modules = files.map((file) => ended.get(file))
  const tests = modules.flatMap((module) => (module === undefined ? [] : [...module.children.allTests()]))
  const failed = tests.flatMap((one) => {
    const result = one.result()
    return result.state === 'failed' ? [`\n          ${one.fullName}\n            ${result.errors[0]?.message.split('\n')[0] ?? ''}`] : []
  })
  const isBroken = modules.some((module) => module === undefined || module.state() === 'failed')
  if (isBroken) return { word: 'BROKEN', detail: failed.join('') }
  const passed = tests.filter((one) => one.result().state === 'passed').length
  return passed === 0 ? { word: 'not tried', detail: '' } : { word: 'held', detail: ` (${passed} tries)` }
}
