import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openRuns } from './open-runs.ts'

/** Takes long enough to be killed in the middle of. */
const slow = `export default async function hook({ record }) {
  if (record.metadata.n === 10) { console.log('half-way'); await new Promise((done) => setTimeout(done, 1500)) }
  return [{ value: record.metadata.n * 2 }]
}`

describe('a worker killed with -9 leaves the right rows, once, and nothing else', () => {
  test.each(['taken', 'prepared', 'executed', 'read', 'written', 'inserted', 'finished'])(
    'at the stage "%s"',
    async (stage) => {
      await using archive = await openRuns(undefined, [{ source: slow }])
      const victim = startWorker(stage, archive)
      await archive.publish(20)
      await said(victim, stage)
      await kill(victim)
      await goOn(archive, stage === 'finished' ? 1 : 2)
    },
    60_000,
  )

  test('while its hook is running', async () => {
    await using archive = await openRuns(undefined, [{ source: slow }])
    const victim = startWorker('none', archive)
    await archive.publish(20)
    await expect.poll(() => logsBelow(join(archive.directory, 'runs'))).toContain('half-way')
    await kill(victim)
    await goOn(archive, 2)
  })
})

type Runs = Awaited<ReturnType<typeof openRuns>>

/** Another worker takes over, on the same machine. */
async function goOn(archive: Runs, leases: number): Promise<void> {
  await archive.work()
  const [run] = await archive.ended(1, 30_000)
  expect(run).toMatchObject({ status: 'PASSED', leases, passed_count: 20, row_count: 20n, lease_token: null })
  expect(
    await archive.rows('select count(*)::int as n, count(distinct _record)::int as records, sum(value) as total from features.doubled'),
  ).toEqual([{ n: 20, records: 20, total: 380 }])
  expect(await archive.outcomes()).toEqual({ PASSED: 20 })
  expect(await archive.rows('select count(*)::int as n from run_attempt where finished_at is null')).toEqual([{ n: 0 }])
  expect(await archive.rows(`select count(*)::int as n from outbox where type = 'RunFinished'`)).toEqual([{ n: 1 }])
  await expect.poll(() => processesOf(archive.directory)).toEqual([])
  await expect.poll(() => readdirSync(join(archive.directory, 'modules', 'attempts'))).toEqual([])
}

function startWorker(stage: string, { database, directory }: Runs): ChildProcess {
  const program = join(import.meta.dirname, 'worker-process.ts')
  return spawn(process.execPath, [program, stage, database.url, directory], { stdio: ['ignore', 'pipe', 'pipe'] })
}

async function said(child: ChildProcess, word: string): Promise<void> {
  let output = ''
  child.stderr?.on('data', (chunk) => (output += chunk))
  for await (const chunk of child.stdout ?? []) {
    output += chunk
    if (output.split('\n').includes(word)) return
  }
  throw new Error(`the worker ended before it said "${word}":\n${output}`)
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

/** Processes other than this one that work on the files of a directory. */
function processesOf(directory: string): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^[0-9]+$/.test(pid) && Number(pid) !== process.pid)
    .map((pid) => commandOf(pid))
    .filter((command) => command.includes(directory))
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    // Gone between the two looks: not a process any more.
    return ''
  }
}

function logsBelow(dir: string): string {
  if (!existsSync(dir)) return ''
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === 'log')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('')
}
