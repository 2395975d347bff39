import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseFeatureSpec } from '@strata/domain/registry'
import { digestOf, parseHookName, type Digest } from '@strata/domain/shared'
import type { ProgramRunner } from '@strata/domain/run'
import { prepareInput } from '../contract/hook/prepare-input.ts'
import { readOutputs, type RecordResult } from '../contract/hook/read-outputs.ts'
import { createModuleRunner } from './create-module-runner.ts'

let dir: string
let runner: ProgramRunner
const sources = new Map<Digest, string>()
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'strata-lock-down-'))
  runner = await createModuleRunner({ stateDir: join(dir, 'state'), source: async (digest) => sources.get(digest) })
})
afterAll(() => rm(dir, { recursive: true, force: true }))

const feature = parseFeatureSpec({ table: { cardinality: 'MANY', columns: [{ name: 'found', type: 'JSON', required: false }] } }, 'feature')
let runs = 0

async function run(source: string, memoryMebibytes = 256) {
  runs += 1
  const base = join(dir, `run-${runs}`)
  const outputDir = join(base, 'out')
  await mkdir(outputDir, { recursive: true })
  await mkdir(join(base, 'files', 'a'), { recursive: true })
  await mkdir(join(base, 'files', 'b'), { recursive: true })
  await writeFile(join(base, 'files', 'a', 'mine.txt'), 'mine')
  await writeFile(join(base, 'files', 'b', 'theirs.txt'), 'theirs')
  await prepareInput(
    join(base, 'in'),
    ['a', 'b'].map((id) => ({ id, metadata: {}, sizeHintMb: 0 })),
    { list: [1] },
  )
  const digest = digestOf(source)
  sources.set(digest, source)
  const observation = await runner.run(
    {
      runId: `lock-${process.pid}-${runs}`,
      attempt: 1,
      program: { kind: 'hook', name: parseHookName('lock_down') },
      runtime: { type: 'module', digest, config: { list: [1] }, limits: { timeoutSeconds: 20, memory: '256Mi', cpu: '1' } },
      memoryBytes: memoryMebibytes * 2 ** 20,
      cpuMillis: 1000,
      timeoutSeconds: 20,
      inputDir: join(base, 'in'),
      filesDir: join(base, 'files'),
      outputDir,
      logFile: join(base, 'log'),
      maxLogBytes: 2 ** 20,
      maxOutputBytes: 2 ** 24,
    },
    { signal: new AbortController().signal },
  )
  const results: RecordResult[] = []
  if (observation.failure === undefined) {
    for await (const result of readOutputs({ dir: outputDir, feature, ids: new Set(['a', 'b']), complete: true })) results.push(result)
  }
  const of = (id: string) => results.find((result) => result.id === id)
  return { observation, of, log: await readFile(join(base, 'log'), 'utf8') }
}

/** Tries an expression in the hook; the answer is `denied` when it throws, else what it gave. */
async function attempt(expression: string, before = ''): Promise<unknown> {
  const { of, observation, log } = await run(`${before}
    export default async () => {
      try { const got = await (${expression}); return [{ found: 'got ' + Object.prototype.toString.call(got) }] } catch (error) { return [{ found: 'denied' }] }
    }`)
  if (observation.failure) throw new Error(`${observation.failure.message} ${log}`)
  return of('a')?.rows[0]?.[0]
}

describe('from inside a module there is no way to', () => {
  test.each([
    ['the file system', `import('node:fs')`],
    ['the file system by its short name', `import('fs')`],
    ['other programs', `import('node:child_process')`],
    ['threads', `import('node:worker_threads')`],
    ['the inspector', `import('node:inspector')`],
    ['other contexts', `import('node:vm')`],
    ['the loader', `import('node:module')`],
    ['the process', `import('node:process')`],
    ['the network', `import('node:net')`],
    ['WASI', `import('node:wasi')`],
    ['code in an address', `import('data:text/javascript,export default 1')`],
    ['a file as code', `import('file:///etc/passwd')`],
    ['its neighbours', `import('./host/lock-down.mjs')`],
    ['the host’s own modules', `import(new URL('./host/hook.mjs', import.meta.url).href)`],
    ['itself once more, with a question mark', `import(import.meta.url + '?again')`],
    [
      'a name that says two things',
      `import({ n: 0, toString() { return this.n++ ? 'node:fs' : 'node:url' } }).then((m) => m.readFileSync ? m : Promise.reject())`,
    ],
    ['internal bindings', `process.binding('fs')`],
    ['built-in modules without import', `process.getBuiltinModule('node:fs')`],
    ['signals', `process.kill(process.ppid, 'SIGKILL')`],
    ['the end of the process', `process.exit(0)`],
    ['require', `require('fs')`],
    ['require by import.meta', `import.meta.require('fs')`],
    ['the network by fetch', `fetch('http://127.0.0.1:1/').catch((e) => { throw e })`],
    ['the process by a function’s caller', `(function () { return arguments.callee.caller })()`],
    [
      'the process by the stack',
      `(() => { Error.prepareStackTrace = (_, sites) => sites; const found = new Error().stack.map((site) => site.getThis()).find((it) => it?.mainModule || it?.kill); if (!found) throw 1; return found })()`,
    ],
    ['the process by a new Function', `(() => { const { kill } = new Function('return process')(); if (!kill) throw 1; return kill })()`],
  ])('%s', async (_, expression) => {
    expect(await attempt(expression)).toBe('denied')
  })

  test('another record’s files, whatever they are called', async () => {
    const { of } = await run(`export default ({ record, files }) => {
      const tries = ['../b/theirs.txt', 'x/../../b/theirs.txt', '/strata/files/b/theirs.txt', '..', '', '.', '../b', 'mine.txt/../../b/theirs.txt', { toString: () => '../b/theirs.txt' }, null, '../b/theirs.txt\\0']
      const read = []
      for (const name of tries) for (const way of ['text', 'bytes', 'stream']) { try { files[way](name); read.push(String(name)) } catch {} }
      return [{ found: [record.id, read, files.list()] }]
    }`)
    expect(of('a')?.rows).toEqual([[['a', [], [{ name: 'mine.txt', bytes: 4 }]]]])
    expect(of('b')?.rows).toEqual([[['b', [], [{ name: 'theirs.txt', bytes: 6 }]]]])
  })

  test('a stream that opens other files', async () => {
    const { of } = await run(`export default async ({ files }) => {
      const [{ name }] = files.list()
      const stream = files.stream(name)
      let text = ''
      for await (const chunk of stream) text += chunk
      return [{ found: [text, 'fd' in stream, stream.constructor.name, 'path' in stream] }]
    }`)
    expect(of('a')?.rows).toEqual([[['mine', false, 'Readable', false]]])
  })
})

describe('a module that rewrites its world', () => {
  test('harms its own results alone, and never ends as if all was well', async () => {
    const { observation, of } = await run(`
      JSON.stringify = () => '{"id":"b","features":[]}'
      JSON.parse = () => ({ id: 'b' })
      Array.isArray = () => true
      Object.prototype.toJSON = undefined
      globalThis.Promise = class { constructor() { throw new Error('no') } }
      Buffer.from = () => { throw new Error('no') }
      Buffer.byteLength = () => 0
      Number.isFinite = () => true
      String.prototype.slice = () => 'x'
      export default ({ record }) => [{ found: record.id }]`)
    expect(observation.failure).toBeUndefined()
    expect([of('a')?.rows, of('b')?.rows]).toEqual([[['a']], [['b']]])
  })

  test('by a setter on every object does not change what is written', async () => {
    const { observation } = await run(`
      Object.defineProperty(Object.prototype, 'reason', { get() { return 'polluted' }, set() {}, configurable: true })
      Object.defineProperty(Object.prototype, 'features', { get() { return [1] }, configurable: true })
      export default () => []`)
    expect(observation.failure).toBeUndefined()
  })

  test('cannot pass its config on to the next record', async () => {
    const { of } = await run(`export default ({ config }) => { config.list.push(2); return [{ found: config.list }] }`)
    expect([of('a')?.rows, of('b')?.rows]).toEqual([[[[1, 2]]], [[[1, 2]]]])
  })
})

describe('a module’s mistakes are told with their place', () => {
  test.each([
    ['a syntax error', `export default (`, 'CONFIG', /could not be loaded: SyntaxError/],
    ['a throw while it is loaded', `\nthrow new Error('no licence')`, 'CONFIG', /no licence \(line 2 of the module\)/],
    ['a forbidden import', `import fs from 'node:fs'; export default () => []`, 'CONFIG', /may not import "node:fs"/],
    ['no default export', `export const hook = () => []`, 'CONFIG', /no function as its default export.*export default async function/],
    ['a default export that is no function', `export default 7`, 'CONFIG', /no function as its default export/],
    [
      'waiting for what never comes',
      `export default () => new Promise(() => undefined)`,
      'HOOK_EXIT',
      /waits for something that never comes, at the record a/,
    ],
    [
      'waiting for it while loading',
      `await new Promise(() => undefined); export default () => []`,
      'HOOK_EXIT',
      /never comes, before its first record/,
    ],
    [
      'an error that it did not catch',
      `export default () => { Promise.reject(new Error('x')); return new Promise((r) => setTimeout(r, 50)) }`,
      'HOOK_EXIT',
      /did not catch.*at the record a/,
    ],
    ['a stack without end', `const f = () => f(); f(); export default () => []`, 'CONFIG', /Maximum call stack/],
  ])('%s', async (_, source, kind, message) => {
    const { observation } = await run(source)
    expect(observation.failure).toEqual({ kind, message: expect.stringMatching(message) })
  })

  test.each([
    ['NaN', `[{ found: NaN }]`, /"found" is NaN/],
    ['a function', `[{ found: () => 1 }]`, /"found" is a function/],
    ['a bigint', `[{ found: 1n }]`, /BigInt/],
    ['a circle', `(() => { const a = {}; a.found = a; return [a] })()`, /circular/],
    ['text', `'rows'`, /returned string, not rows/],
    ['more than a line may have', `[{ found: 'x'.repeat(15 * 2 ** 20) }]`, /at most 15728640 bytes/],
  ])('rows with %s cost their record alone', async (_, rows, reason) => {
    const { of } = await run(`export default ({ record }) => record.id === 'a' ? ${rows} : [{ found: 1 }]`)
    expect(of('a')?.outcome).toMatchObject({ status: 'ERRORED', reason: expect.stringMatching(reason) })
    expect(of('b')?.outcome).toEqual({ status: 'PASSED' })
  })

  test.each([
    '{}',
    'null',
    'undefined',
    '{ get message() { throw 1 }, toString() { throw 2 } }',
    'new Proxy(new Error, { get() { throw 3 } })',
    'Symbol()',
  ])('throwing %s is an error like any other', async (thrown) => {
    const { of } = await run(`export default ({ record }) => { if (record.id === 'a') throw ${thrown}; return [{ found: 1 }] }`)
    expect([of('a')?.outcome.status, of('b')?.outcome.status]).toEqual(['ERRORED', 'PASSED'])
  })

  test('a heap that V8 cannot hold is out of memory, as much as what the kernel kills', async () => {
    const { observation } = await run(`const kept = []; export default () => { for (;;) kept.push({ a: [kept.length] }) }`, 64)
    expect(observation).toMatchObject({ oomKilled: true, failure: { kind: 'OOM' } })
  })
})

test('a module that is not the one deployed is not run', async () => {
  const digest = digestOf('the deployed text')
  sources.set(digest, 'export default () => []')
  const other = await createModuleRunner({ stateDir: join(dir, 'state'), source: async () => 'changed' })
  const observation = await other.run(
    {
      runId: 'changed',
      attempt: 1,
      program: { kind: 'hook', name: parseHookName('lock_down') },
      memoryBytes: 2 ** 28,
      cpuMillis: 1000,
      timeoutSeconds: 5,
      inputDir: dir,
      filesDir: dir,
      outputDir: dir,
      logFile: join(dir, 'log'),
      maxLogBytes: 1,
      maxOutputBytes: 1,
      runtime: { type: 'module', digest, config: {}, limits: { timeoutSeconds: 5, memory: '1Gi', cpu: '1' } },
    },
    { signal: new AbortController().signal },
  )
  expect(observation.failure).toEqual({ kind: 'CONFIG', message: expect.stringContaining('has another digest') })
  expect(observation.artifact).toBeUndefined()
})
