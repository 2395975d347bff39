import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseHookName, digestOf } from '@strata/domain/shared'
import { chooseConfinement, permissionModelAlone, type Confinement } from './confinement.ts'
import { startProcess } from './module-process.ts'
import { nodeCommand } from './node-command.ts'
import { writeProgram } from './program-files.ts'

/**
 * The walls themselves, with nothing locked down inside: what a hook could do that got past everything else. `attack`
 * takes the host's place, in the same process, under the same command.
 */
const attack = `
import { writeSync } from 'node:fs'
const tries = {
  readPasswd: async () => (await import('node:fs')).readFileSync('/etc/passwd', 'utf8'),
  readSecret: async () => (await import('node:fs')).readFileSync('SECRET', 'utf8'),
  readParentEnv: async () => (await import('node:fs')).readFileSync('/proc/' + process.ppid + '/environ', 'utf8'),
  readWorkerEnv: async () => (await import('node:fs')).readFileSync('/proc/WORKER/environ', 'utf8'),
  readByLink: async () => { const fs = await import('node:fs'); fs.symlinkSync('SECRET', 'OUTPUT/link'); return fs.readFileSync('OUTPUT/link', 'utf8') },
  readByDots: async () => (await import('node:fs')).readFileSync('OUTPUT/../secret.txt', 'utf8'),
  readByBytes: async () => (await import('node:fs')).readFileSync(Buffer.from('SECRET'), 'utf8'),
  openAsBlob: async () => (await (await import('node:fs')).openAsBlob('SECRET')).text(),
  loadEnvFile: async () => process.loadEnvFile('SECRET'),
  writeOutside: async () => (await import('node:fs')).writeFileSync('SECRET', 'changed'),
  readInput: async () => (await import('node:fs')).readFileSync('INPUT', 'utf8'),
  writeInput: async () => (await import('node:fs')).writeFileSync('INPUT', 'changed'),
  writeOutput: async () => (await import('node:fs')).writeFileSync('OUTPUT/features.jsonl', 'forged'),
  writeAnywhere: async () => (await import('node:fs')).writeFileSync('/strata/new', 'x'),
  writeTemporary: async () => (await import('node:fs')).writeFileSync('/tmp/strata-left-by-a-hook', 'x'),
  writeProgram: async () => (await import('node:fs')).writeFileSync(new URL('../program.mjs', import.meta.url), 'changed'),
  report: async () => process.report.writeReport('SECRET'),
  runProgram: async () => (await import('node:child_process')).execFileSync('/bin/id', { encoding: 'utf8' }),
  fork: async () => (await import('node:cluster')).default.fork(),
  worker: async () => new (await import('node:worker_threads')).Worker('1', { eval: true }),
  inspector: async () => (await import('node:inspector')).open(0),
  inspectorSession: async () => { const { Session } = await import('node:inspector'); new Session().connect(); return 'connected' },
  wasi: async () => new (await import('node:wasi')).WASI({ version: 'preview1', preopens: { '/': '/' } }),
  binding: async () => process.binding('fs').open,
  addon: async () => process.dlopen({ exports: {} }, '/usr/lib/x.node'),
  sqlite: async () => { const { DatabaseSync } = await import('node:sqlite'); return new DatabaseSync('SECRET').prepare('select 1').get() },
  fetch: async () => (await fetch('http://127.0.0.1:PORT/')).text(),
  connect: async () => new Promise((resolve, reject) => import('node:net').then(({ connect }) => connect(PORT, '127.0.0.1').on('connect', () => resolve('connected')).on('error', reject), reject)),
  listen: async () => new Promise((resolve, reject) => import('node:net').then(({ createServer }) => createServer().on('error', reject).listen(0, () => resolve('listening')), reject)),
  udp: async () => new Promise((resolve, reject) => import('node:dgram').then(({ createSocket }) => createSocket('udp4').send('x', PORT, '127.0.0.1', (error) => error ? reject(error) : resolve('sent')), reject)),
  dns: async () => (await import('node:dns')).promises.lookup('example.org'),
  killWorker: async () => { process.kill(WORKER, 0); return 'could signal' },
  becomeRoot: async () => process.setuid(0),
}
process.on('uncaughtException', () => undefined)
const late = () => new Promise((_, reject) => setTimeout(reject, 1000))
const found = {}
for (const [name, run] of Object.entries(tries)) {
  try { const it = await Promise.race([run(), late()]); found[name] = 'got ' + (typeof it === 'string' ? it.slice(0, 60) : Object.prototype.toString.call(it)) } catch (error) { found[name] = 'denied' }
}
writeSync(1, 'FOUND' + JSON.stringify(found) + '\\n')
process.exit(0)
`

let dir: string
let port: number
let requests = 0
const server = createServer((_, response) => {
  requests += 1
  response.end('reached')
})
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'strata-walls-'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  await rm(dir, { recursive: true, force: true })
})

async function found(confinement: Confinement, name: string, attacks = attack): Promise<Record<string, string>> {
  const base = join(dir, name)
  const paths = { root: join(base, 'root'), node: process.execPath, program: join(base, 'program') }
  const [input, files, output] = [join(base, 'in'), join(base, 'files'), join(base, 'out')]
  for (const path of [paths.root, input, files, output]) await mkdir(path, { recursive: true })
  const secret = join(base, 'secret.txt')
  await writeFile(secret, 'the secret', { mode: 0o644 })
  await writeFile(join(input, 'records.jsonl'), 'original')
  const code = attacks
    .replaceAll('SECRET', secret)
    .replaceAll('INPUT', join(input, 'records.jsonl'))
    .replaceAll('OUTPUT', output)
    .replaceAll('PORT', String(port))
    .replaceAll('WORKER', String(process.pid))
  await writeProgram(paths.program, new Map([['hook.mjs', code]]), 'original')
  const job = {
    runId: 'walls',
    attempt: 1,
    program: { kind: 'hook', name: parseHookName('walls') },
    memoryBytes: 2 ** 28,
    cpuMillis: 1000,
    timeoutSeconds: 20,
    inputDir: input,
    filesDir: files,
    outputDir: output,
    logFile: '',
    maxLogBytes: 0,
    maxOutputBytes: 2 ** 20,
    runtime: { type: 'module', digest: digestOf('x'), config: {}, limits: { timeoutSeconds: 20, memory: '256Mi', cpu: '1' } },
  } as const
  let log = ''
  const child = await startProcess(confinement.wrap(paths, nodeCommand(job, confinement.inside(paths))), (chunk) => {
    log += Buffer.from(chunk).toString()
  })
  child.go()
  await child.ended
  expect(await readFile(secret, 'utf8')).toBe('the secret')
  expect(await readFile(join(input, 'records.jsonl'), 'utf8')).toBe('original')
  expect(await readFile(join(paths.program, 'program.mjs'), 'utf8')).toBe('original')
  const answer = /FOUND(.*)/.exec(log)?.[1]
  if (answer === undefined) throw new Error(`the attack did not run: ${log}`)
  return JSON.parse(answer)
}

/** Not `fork`: without the permission model it would run the attack again, and again. */
const withoutPermissions = (confinement: Confinement): Confinement => ({
  ...confinement,
  wrap: (paths, command) =>
    confinement.wrap(
      paths,
      command.filter((part) => part !== '--permission' && !part.startsWith('--allow-')),
    ),
})

const got = (answers: Record<string, string>) => Object.entries(answers).filter(([, answer]) => answer !== 'denied')

describe('code that got past the host', () => {
  test('finds nothing behind the walls of this machine', async () => {
    const confinement = await chooseConfinement(dir)
    const answers = await found(confinement, 'confined')
    expect(Object.keys(answers).length).toBeGreaterThan(25)
    expect(got(answers)).toEqual([])
    expect(requests).toBe(0)
  })

  test('finds itself alone in an empty place when there is no permission model', async (context) => {
    const confinement = await chooseConfinement(dir)
    if (confinement.weakness !== undefined) return context.skip(`this machine has fewer walls: ${confinement.weakness}`)
    const answers = await found(withoutPermissions(confinement), 'namespaces', attack.replace(/^ *fork: .*$/m, ''))
    const names = got(answers).map(([name]) => name)
    // It can run what the system has, see its own process and open what nobody reaches: no file, host or process of ours.
    expect(names).toContain('runProgram')
    expect(answers.runProgram).toContain('uid=65534')
    for (const name of [
      'readPasswd',
      'readSecret',
      'readWorkerEnv',
      'readByLink',
      'readByDots',
      'readByBytes',
      'openAsBlob',
      'loadEnvFile',
      'writeOutside',
      'readInput',
      'writeInput',
      'writeOutput',
      'writeAnywhere',
      'writeTemporary',
      'writeProgram',
      'fetch',
      'connect',
      'udp',
      'dns',
      'killWorker',
      'becomeRoot',
    ]) {
      expect(answers[name], name).toBe('denied')
    }
    expect(requests).toBe(0)
  })

  test('finds nothing but signals behind Node’s permission model alone', async () => {
    const answers = await found(await permissionModelAlone(), 'alone')
    // Why a worker that may not make namespaces says so at its start; the host takes signals away from the hook as well.
    expect(got(answers).filter(([name]) => name !== 'killWorker' && name !== 'becomeRoot')).toEqual([])
    expect(requests).toBe(0)
  })
})
