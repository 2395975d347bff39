import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runVitest } from './run/run-vitest.ts'
import { summary } from './run/summary.ts'
import { finalLine } from './run/tally.ts'
import { missingToolsFile, type MissingTool } from './support/available.ts'

/** The one test command: every test, of which types and lint are two, then a summary. Its last line is the total. */
const directory = mkdtempSync(join(tmpdir(), 'strata-tests-'))
process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
const noted = join(directory, 'missing-tools')
writeFileSync(noted, '')
process.env[missingToolsFile] = noted

const total = await runVitest(process.argv.slice(2))
const missing = readFileSync(noted, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as MissingTool)

for (const line of summary(total, missing)) process.stdout.write(`${line}\n`)
process.stdout.write(`\n${finalLine(total)}\n`)
process.exitCode = total.failed.length === 0 && total.passed > 0 ? 0 : 1
