import { join } from 'node:path'
import { startVitest } from 'vitest/node'

/** Something to be tried, and the tests that try it. */
export interface Tried {
  readonly title: string
  readonly files: readonly string[]
}

/** Runs the tests of those entries that have all these words in the title or the file name, and prints which of them held. */
export async function tryCatalogue(kind: string, catalogue: readonly Tried[], words: readonly string[]): Promise<void> {
  const chosen = catalogue.filter(({ title, files }) => words.every((word) => `${title} ${files.join(' ')}`.includes(word)))
  if (chosen.length === 0) {
    process.stderr.write(`No ${kind} has "${words.join(' ')}" in its title or its file. There are:\n${catalogue.map(({ title }) => `  ${title}\n`).join('')}`)
    process.exit(2)
  }

  const root = join(import.meta.dirname, '../..')
  const vitest = await startVitest([...new Set(chosen.flatMap(({ files }) => files))], { root, run: true, watch: false, reporters: ['dot'] })
  const tried = new Map(vitest.state.getTestModules().map((module) => [module.relativeModuleId, module]))
  const crashes = vitest.state.getUnhandledErrors().length
  await vitest.close()

  const verdicts = chosen.map((entry) => ({ entry, ...verdictOf(entry.files.map((file) => tried.get(file))) }))
  process.stdout.write('\n')
  for (const { entry, word, detail } of verdicts) process.stdout.write(`${word.padEnd(9)} ${entry.title}${detail}\n`)
  const broken = verdicts.filter(({ word }) => word === 'BROKEN').length
  const skipped = verdicts.filter(({ word }) => word === 'not tried').length
  process.stdout.write(`\n${verdicts.length - broken - skipped} held, ${broken} broken, ${skipped} not tried on this machine\n`)
  process.exitCode = broken > 0 || crashes > 0 ? 1 : 0
}

type Module = ReturnType<Awaited<ReturnType<typeof startVitest>>['state']['getTestModules']>[number]

function verdictOf(modules: readonly (Module | undefined)[]): { readonly word: 'held' | 'BROKEN' | 'not tried'; readonly detail: string } {
  const tests = modules.flatMap((module) => (module === undefined ? [] : [...module.children.allTests()]))
  const failed = tests.filter((one) => one.result().state === 'failed').map((one) => `\n            ${one.fullName}`)
  const isBroken = modules.some((module) => module === undefined || module.state() === 'failed')
  if (isBroken) return { word: 'BROKEN', detail: failed.join('') }
  const passed = tests.filter((one) => one.result().state === 'passed').length
  return passed === 0 ? { word: 'not tried', detail: '' } : { word: 'held', detail: ` (${passed} tries)` }
}
