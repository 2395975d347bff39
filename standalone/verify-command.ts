import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Config } from '@strata/infrastructure/environment'
import {
  DatabaseSetupError,
  migrate,
  openDatabase,
  requireMigrated,
  runningPostgres,
  startEmbeddedPostgres,
} from '@strata/infrastructure/postgres'
import { adviceFor, composeVerifier, findingCount, parseSample, reportOf, type Verification, type VerifyProgress } from '@strata/workers'
import { claimDataDirectory, DataDirectoryInUse } from './data-directory.ts'

/** `npm start -- verify`: verifies the whole archive. The exit code gives the result. */
export async function verifyCommand(config: Config, words: readonly string[]): Promise<void> {
  const options = readWords(words)
  const asked = new AbortController()
  const stop = () => {
    process.stderr.write('\nStopping after this page. Press Ctrl-C again to stop at once; only the progress of this page is lost.\n')
    asked.abort()
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    process.exitCode = await verify(config, options, asked.signal)
  } catch (fault) {
    process.stderr.write(`\nThe archive could not be verified. ${explain(fault)}\n`)
    process.exitCode = 2
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}

async function verify(config: Config, { sample, restart, json }: ReturnType<typeof readWords>, signal: AbortSignal): Promise<0 | 1 | 2> {
  const part = sample === undefined ? undefined : parseSample(sample)
  await using parts = new AsyncDisposableStack()
  const url = await databaseOf(config, parts)
  await requireMigrated(url)
  const database = openDatabase({ url, poolSize: 4, name: 'strata verify' })
  parts.defer(() => database.close())

  const onProgress = progressOn(process.stderr)
  const verification = await composeVerifier({ database, config }).verify({
    sample: part,
    restart,
    signal,
    onProgress,
  })
  onProgress.end()
  if (verification === undefined) throw new DatabaseSetupError('Another process is verifying it now. Wait for it to end, or stop it first.')
  process.stdout.write(json ? `${JSON.stringify(reportOf(verification), null, 2)}\n` : printed(verification))
  if (verification.finishedAt === undefined) {
    process.stderr.write('Interrupted. Run it again with the same --sample to continue from here.\n')
    return 2
  }
  return findingCount(verification) === 0 ? 0 : 1
}

function readWords(words: readonly string[]) {
  const { values } = parseArgs({
    args: [...words],
    options: {
      sample: { type: 'string' },
      restart: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  return values
}

/** The configured database, or the node's own, which this process starts unless a node is running on it. */
async function databaseOf(config: Config, parts: AsyncDisposableStack): Promise<string> {
  if (config.databaseUrl !== undefined) return config.databaseUrl
  const dir = join(config.dataDir, 'postgres')
  // Otherwise a new, empty archive would be created and verified without findings.
  if (!existsSync(join(dir, 'data')))
    throw new DatabaseSetupError(`There is no archive in ${config.dataDir}. Set STRATA_DATA_DIR or DATABASE_URL to its location.`)
  try {
    const directory = claimDataDirectory(config.dataDir)
    parts.defer(() => directory.release())
  } catch (fault) {
    if (!(fault instanceof DataDirectoryInUse)) throw fault
    const running = await runningPostgres(dir)
    if (running === undefined)
      throw new DatabaseSetupError(`A node is starting or stopping on ${config.dataDir}. Try again when it is ready.`)
    return running
  }
  const postgres = await startEmbeddedPostgres({ dir })
  parts.defer(() => postgres.stop())
  await migrate(postgres.url)
  return postgres.url
}

const names = {
  guards: 'tables that refuse changes',
  registry: 'hooks, their releases and live pointers',
  records: 'records',
  runs: 'runs, their outcomes and rows',
  rows: 'tables of rows',
  counts: 'kept counts',
  files: 'files against their digests',
  outputs: 'rows against the files of their runs',
  removals: 'what was erased with removed records',
} as const

/** Prints one line per check. On a terminal, the line counts up. */
function progressOn(out: NodeJS.WriteStream) {
  let shownAt = 0
  let shown = ''
  let introduced = false
  const report = ({ verification, check, resumed }: VerifyProgress) => {
    if (resumed && !introduced) out.write(`Continuing the verification that began at ${verification.startedAt}.\n`)
    introduced = true
    const now = Date.now()
    // In a file, an occasional line is enough.
    if (!check.done && now - shownAt < (out.isTTY ? 200 : 10_000)) return
    shownAt = now
    const found = findingCount(verification)
    const line = `${names[check.name]}: ${check.skipped === undefined ? `${check.checked} of ${check.of}` : 'left out'}${found === 0 ? '' : `; ${found} ${found === 1 ? 'finding' : 'findings'} so far`}`
    shown = line
    out.write(out.isTTY ? `\r\u001b[K${line}${check.done ? '\n' : ''}` : `${line}\n`)
    if (check.done) shown = ''
  }
  return Object.assign(report, { end: () => void (shown !== '' && out.isTTY && out.write('\n')) })
}

function printed(verification: Verification): string {
  const { counts, findings, checks, sample, finishedAt } = verification
  const total = findingCount(verification)
  const lines = findings.map(({ kind, subject, detail }) => `${kind}  ${subject}\n  ${detail}\n  What to do: ${adviceFor[kind]}\n`)
  const unnamed = total - findings.length
  if (unnamed > 0)
    lines.push(
      `… and ${unnamed} more: ${Object.entries(counts)
        .map(([kind, count]) => `${count} ${kind}`)
        .join(', ')}.\n`,
    )
  for (const { name, skipped } of checks) if (skipped !== undefined) lines.push(`Left out: ${names[name]}. ${skipped}\n`)
  const looked = checks.map(({ name, checked }) => `${checked} ${name}`).join(', ')
  const end = finishedAt === undefined ? 'So far' : sample === undefined ? 'The whole archive' : `A sample (${sample}) of the archive`
  lines.push(`${end} was checked (${looked}): ${total === 0 ? 'no findings' : total === 1 ? 'one finding' : `${total} findings`}.\n`)
  return lines.join('\n')
}

/** Faults that the operator can correct are sentences; any other error is a bug and printed with its stack. */
function explain(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault)
  if ('code' in fault && (fault.code === 'ECONNREFUSED' || fault.code === 'ENOTFOUND'))
    return `Its database does not answer at the address in DATABASE_URL (${fault.message}).`
  const expected = ['DatabaseSetupError', 'BadUserInput', 'ConfigError', 'DataDirectoryInUse'].includes(fault.name) || 'code' in fault
  return expected ? fault.message : (fault.stack ?? fault.message)
}
