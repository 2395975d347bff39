import { runChecks } from './run/run-checks.ts'
import { runVitest } from './run/run-vitest.ts'
import { finalLine, plus } from './run/tally.ts'

/** The one test command: typecheck and lint as one check each, then every test, then one line that tells the truth. */
const checks = await runChecks(['typecheck', 'lint'])
const tests = await runVitest(process.argv.slice(2))
const total = plus(checks, tests)

for (const { name, reason } of total.skipped) process.stdout.write(`skipped: ${name}${reason === undefined ? '' : ` (${reason})`}\n`)
for (const name of total.failed) process.stdout.write(`failed: ${name}\n`)
process.stdout.write(`\n${finalLine(total)}\n`)
process.exitCode = total.failed.length === 0 && total.passed > 0 ? 0 : 1
