import { join } from 'node:path'
import { parseCLI, startVitest, type TestModule } from 'vitest/node'
import { nothing, plus, type Tally } from './tally.ts'

const home = join(import.meta.dirname, '../..')

/** Runs vitest with the arguments it is given (everything, when none) and counts what happened, its own crash included. */
export async function runVitest(args: readonly string[], root = home): Promise<Tally> {
  try {
    const { filter, options } = parseCLI(['vitest', 'run', ...args])
    const vitest = await startVitest(filter, { ...options, root, run: true, watch: false })
    const modules = vitest.state.getTestModules()
    const crashes = vitest.state.getUnhandledErrors().map((fault) => `outside any test: ${messageOf(fault)}`)
    await vitest.close()
    return modules.map(tallyOf).reduce(plus, { ...nothing, failed: crashes })
  } catch (fault) {
    process.stderr.write(`${fault instanceof Error ? fault.stack : String(fault)}\n`)
    return { ...nothing, failed: [`vitest itself: ${messageOf(fault)}`] }
  }
}

function tallyOf(module: TestModule): Tally {
  const { duration, collectDuration } = module.diagnostic()
  let tally: Tally = { ...nothing, files: [{ name: module.relativeModuleId, milliseconds: duration + collectDuration }] }
  // A file that breaks before its tests are known, or in a hook around them, would otherwise count as nothing at all.
  for (const fault of module.errors()) {
    tally = plus(tally, { ...nothing, failed: [`${module.relativeModuleId}: ${fault.message}`] })
  }
  for (const suite of module.children.allSuites()) {
    for (const fault of suite.errors()) tally = plus(tally, { ...nothing, failed: [`${suite.fullName}: ${fault.message}`] })
  }
  for (const test of module.children.allTests()) {
    const name = `${module.relativeModuleId} > ${test.fullName}`
    const result = test.result()
    if (result.state === 'passed') tally = plus(tally, { ...nothing, passed: 1 })
    else if (result.state === 'skipped')
      tally = plus(tally, { ...nothing, skipped: [{ file: module.moduleId, name, reason: result.note }] })
    else tally = plus(tally, { ...nothing, failed: [name] })
  }
  return tally
}

function messageOf(fault: unknown): string {
  // What crossed from a worker is no longer an instance of Error.
  if (typeof fault === 'object' && fault !== null && 'message' in fault) return String(fault.message)
  return String(fault)
}
