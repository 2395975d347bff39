import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { claimAttempt, endAttempt } from './attempt-directory.ts'
import { createModuleRunner, groupPrefix } from './create-module-runner.ts'
import { findMemoryGroups } from './memory-limit.ts'

let dir: string
const children: ChildProcess[] = []
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'strata-leftovers-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await rm(dir, { recursive: true, force: true })
})

/** A worker of its own, with a hook that never ends. */
const worker = `
import { mkdirSync, writeFileSync } from 'node:fs'
import { createModuleRunner } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))}
import { digestOf } from ${JSON.stringify(join(import.meta.dirname, '../../../domain/shared/index.ts'))}
const source = 'console.log("hook runs"); export default () => { for (;;); }'
const runner = await createModuleRunner({ stateDir: 'DIR', source: async () => source })
for (const name of ['in', 'files', 'out']) mkdirSync('DIR/' + name)
writeFileSync('DIR/in/records.jsonl', '{"id":"a"}\\n')
await runner.run({
  runId: 'leftRUN', attempt: 2, program: { kind: 'hook', name: 'left' }, runtime: { type: 'module', digest: digestOf(source), config: {}, limits: {} },
  memoryBytes: 2 ** 28, cpuMillis: 1000, timeoutSeconds: 60, inputDir: 'DIR/in', filesDir: 'DIR/files', outputDir: 'DIR/out', logFile: 'DIR/log', maxLogBytes: 1e6, maxOutputBytes: 1e6,
}, { signal: new AbortController().signal, onLog: (chunk) => process.stdout.write(chunk) })
`

test('a worker that is killed takes its hook along, and what it left is removed by the next', async () => {
  const runId = `left${process.pid}`
  await writeFile(join(dir, 'worker.ts'), worker.replaceAll('DIR', dir).replaceAll('leftRUN', runId))
  const child = spawn(process.execPath, [join(dir, 'worker.ts')], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  await new Promise<void>((resolve) => child.stdout.on('data', (chunk) => String(chunk).includes('hook runs') && resolve()))
  expect(await processesIn(dir)).not.toEqual([])

  child.kill('SIGKILL')
  await until(async () => (await processesIn(dir)).length === 0)
  expect(await readdir(join(dir, 'attempts'))).toEqual([`${runId}.2`])

  const next = await createModuleRunner({ stateDir: dir, source: async () => undefined })
  const ours = (id: { runId: string }) => id.runId !== runId
  expect(await next.removeLeftovers(() => true)).toEqual([])
  expect(await next.removeLeftovers(ours)).toEqual([{ runId, attempt: 2 }])
  expect(await readdir(join(dir, 'attempts'))).toEqual([])
  expect(((await (await findMemoryGroups(groupPrefix(dir)))?.list()) ?? []).filter((name) => name.startsWith(runId))).toEqual([])
})

test('a process that outlived its worker is ended with its group', async () => {
  await mkdir(join(dir, 'attempts'))
  const child = spawn('sh', ['-c', 'sleep 60 & sleep 60'], { detached: true, stdio: 'ignore', cwd: dir })
  children.push(child)
  const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))
  const id = { runId: 'orphan', attempt: 1 }
  await (await claimAttempt(join(dir, 'attempts'), id))?.own(child.pid ?? 0)
  await endAttempt(join(dir, 'attempts'), id)
  expect(await ended).toBe('SIGKILL')
})

test('a process that was given the pid of a dead hook is left alone', async () => {
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' })
  children.push(child)
  const id = { runId: 'reused', attempt: 1 }
  const directory = await claimAttempt(dir, id)
  await writeFile(join(directory?.path ?? '', 'owner.json'), JSON.stringify({ pid: child.pid, started: '12345' }))
  await endAttempt(dir, id)
  expect(child.exitCode ?? child.signalCode).toBeNull()
  expect(() => process.kill(child.pid ?? 0, 0)).not.toThrow()
})

test('an attempt starts once', async () => {
  const id = { runId: 'twice', attempt: 1 }
  expect(await claimAttempt(dir, id)).toBeDefined()
  expect(await claimAttempt(dir, id)).toBeUndefined()
})

async function processesIn(path: string): Promise<string[]> {
  const { readFile } = await import('node:fs/promises')
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  // The worker names the directory too; what it started is the rest. Inside its namespaces the hook goes by /strata.
  return commands.filter((command) => command.includes(`${path}/attempts`) || command.includes('/strata/program/host/hook.mjs'))
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 5_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it did not come about within five seconds')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
