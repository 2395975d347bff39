import { join } from 'node:path'
import { startVitest, type Reporter, type TestModule } from 'vitest/node'

/** Something to be tried, and the tests that try it. */
export interface Tried {
  readonly title: string
  readonly files: readonly string[]
}

interface Verdict {
  readonly word: 'held' | 'BROKEN' | 'not tried'
  readonly detail: string
}

/** Runs the tests of the entries that have all these words in the title or the file name. Prints each entry when its last file has ended. */
export async function tryCatalogue(kind: string, catalogue: readonly Tried[], words: readonly string[]): Promise<void> {
  const chosen = catalogue.filter(({ title, files }) => words.every((word) => `${title} ${files.join(' ')}`.includes(word)))
  if (chosen.length === 0) {
    process.stderr.write(
      `No ${kind} has "${words.join(' ')}" in its title or its file. There are:\n${catalogue.map(({ title }) => `  ${title}\n`).join('')}`,
    )
    process.exit(2)
  }

  const began = performance.now()
  const ended = new Map<string, TestModule>()
  const verdicts = new Map<Tried, Verdict>()
  const print = (entry: Tried) => {
    const verdict = verdictOf(entry.files.map((file) => ended.get(file)))
    verdicts.set(entry, verdict)
    process.stdout.write(`${verdict.word.padEnd(9)} ${entry.title}${verdict.detail}\n`)
  }
  const reporter: Reporter = {
    onTestModuleEnd(module) {
      ended.set(module.relativeModuleId, module)
      for (const entry of chosen) if (!verdicts.has(entry) && entry.files.every((file) => ended.has(file))) print(entry)
    },
  }
  process.stdout.write(
    `Trying ${chosen.length} ${kind}${chosen.length === 1 ? '' : 's'}; all ${catalogue.length} take several minutes.\n\n`,
  )
  const root = join(import.meta.dirname, '../..')
  const vitest = await startVitest([...new Set(chosen.flatMap(({ files }) => files))], {
    root,
    run: true,
    watch: false,
    reporters: [reporter],
  })
  const crashes = vitest.state.getUnhandledErrors()
  await vitest.close()

  for (const entry of chosen) if (!verdicts.has(entry)) print(entry)
  for (const crash of crashes) process.stdout.write(`outside any test: ${String((crash as { readonly message?: unknown }).message)}\n`)
  const count = (word: Verdict['word']) => [...verdicts.values()].filter((verdict) => verdict.word === word).length
  const minutes = ((performance.now() - began) / 60_000).toFixed(1)
  process.stdout.write(
    `\n${count('held')} held, ${count('BROKEN')} broken, ${count('not tried')} not tried on this machine, in ${minutes} minutes\n`,
  )
  process.exitCode = count('BROKEN') > 0 || crashes.length > 0 ? 1 : 0
}

function verdictOf(modules: readonly (TestModule | undefined)[]): Verdict {
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
