import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseFeatureSpec } from '@strata/domain/registry'
import { keepsFinishedRecords, type ProgramRunner, type RunObservation } from '@strata/domain/run'
import { digestOf, parseHookName, type Digest } from '@strata/domain/shared'
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts'
import { prepareInput } from '../contract/hook/prepare-input.ts'
import { readOutputs, type RecordResult } from '../contract/hook/read-outputs.ts'
import { createModuleRunner } from './create-module-runner.ts'

/**
 * Modules that try to reach the process around them, other records, the output and the verdict. Each reports what it got. The worker writes
 * every report under the module's current record, and no report may have the secrets of another record.
 */
const secrets = ['metadata of b', 'a file of b']
const feature = parseFeatureSpec({ table: { cardinality: 'MANY', columns: [{ name: 'found', type: 'JSON', required: false }] } }, 'feature')
const ids = ['a', 'b']

let dir: Awaited<ReturnType<typeof temporaryDirectory>>
const sources = new Map<Digest, string>()
let runs = 0
beforeAll(async () => {
  dir = await temporaryDirectory()
})
afterAll(() => dir[Symbol.asyncDispose]())

interface Outcome {
  readonly observation: RunObservation
  readonly results: readonly RecordResult[]
  readonly log: string
  found(id: string): unknown
}

async function play(runner: ProgramRunner, source: string): Promise<Outcome> {
  runs += 1
  const base = join(dir.path, `run-${runs}`)
  const [inputDir, filesDir, outputDir] = [join(base, 'in'), join(base, 'files'), join(base, 'out')]
  await mkdir(outputDir, { recursive: true })
  for (const id of ids) {
    await mkdir(join(filesDir, id), { recursive: true })
    await writeFile(join(filesDir, id, 'file.txt'), `a file of ${id}`)
  }
  await prepareInput(
    inputDir,
    ids.map((id) => ({ id, metadata: { title: `metadata of ${id}` }, sizeHintMb: 0 })),
    {},
  )
  const digest = digestOf(source)
  sources.set(digest, source)
  const limits = { timeoutSeconds: 30, memory: '256Mi', cpu: '1' } as const
  const observation = await runner.run(
    {
      runId: `hostile-${process.pid}-${runs}`,
      attempt: 1,
      program: { kind: 'hook', name: parseHookName('hostile') },
      runtime: { type: 'module', digest, config: {}, limits },
      memoryBytes: 2 ** 28,
      cpuMillis: 1000,
      timeoutSeconds: 30,
      inputDir,
      filesDir,
      outputDir,
      logFile: join(base, 'log'),
      maxLogBytes: 2 ** 20,
      maxOutputBytes: 2 ** 24,
    },
    { signal: new AbortController().signal },
  )
  const results: RecordResult[] = []
  const kind = observation.failure?.kind
  if (kind === undefined || keepsFinishedRecords(kind)) {
    for await (const result of readOutputs({ dir: outputDir, feature, ids: new Set(ids), complete: kind === undefined }))
      results.push(result)
  }
  const log = await readFile(join(base, 'log'), 'utf8')
  // No secret of b may be in the results of a, or in what was printed while the process had only a.
  const ofA = JSON.stringify(results.filter(({ id }) => id === 'a'))
  for (const secret of secrets) expect(ofA).not.toContain(secret)
  for (const file of await readdir(outputDir))
    expect(['features.jsonl', 'rejections.jsonl', 'errors.jsonl', 'progress.jsonl']).toContain(file)
  expect(await readFile(join(inputDir, 'records.jsonl'), 'utf8')).toContain('metadata of b')
  return { observation, results, log, found: (id) => results.find((result) => result.id === id)?.rows[0]?.[0] }
}

/** Tells the real process, and Node's access to files, sockets and programs, from other objects. */
const telltale = `
const seen = []
const names = new Set(['readFileSync', 'openSync', 'writeSync', 'readSync', 'spawn', 'spawnSync', 'execFileSync', 'createServer', 'reallyExit', 'dlopen', '_linkedBinding', '_kill', 'ReadStream', 'WriteStream', 'FileHandle', 'Socket', 'ChildProcess', 'Worker', 'ZipFile', 'openAsBlob', 'createReadStream', 'readFile', 'writeFile', 'setEngine', 'registerHooks', 'createRequire', 'runInThisContext', 'setTraceSigInt'])
function judge(it, path) {
  if (typeof it === 'function' && names.has(it.name)) seen.push(path + ' is ' + it.name)
  if (it !== null && typeof it === 'object') for (const key of ['reallyExit', 'binding', 'mainModule', 'dlopen', 'stdin', '_events']) {
    let own = false
    try { own = Object.prototype.hasOwnProperty.call(it, key) && (key !== '_events' || 'execArgv' in it) } catch {}
    if (own) seen.push(path + ' has ' + key)
  }
}
`

/** Reports the last thing that each trap captured, or nothing. */
const capturing = (trap: string) => `${telltale}
let busy = false
const captured = { push(...them) {
  // At once: some of it is only there while the process ends.
  if (busy) return
  busy = true
  const before = seen.length
  for (const it of them) judge(it, 'captured')
  if (seen.length > before) console.error('GOT ' + seen.at(-1))
  busy = false
} }
${trap}
export default async ({ record, files }) => {
  files.list(); files.text('file.txt'); console.log('x'); console.error(new Error('x'))
  await new Promise((done) => setTimeout(done, 5)); await new Promise((done) => setImmediate(done))
  try { structuredClone({ a: 1 }) } catch {}
  return [{ found: seen.slice(0, 5) }]
}`

const traps: readonly (readonly [string, string])[] = [
  [
    'an emit of its own',
    `import { EventEmitter } from 'node:events'; const emit = EventEmitter.prototype.emit; EventEmitter.prototype.emit = function (...a) { captured.push(this); return emit.apply(this, a) }`,
  ],
  [
    'on, once and listeners of its own',
    `import { EventEmitter } from 'node:events'; for (const name of ['on', 'once', 'addListener', 'listenerCount', 'listeners', 'off']) { const was = EventEmitter.prototype[name]; EventEmitter.prototype[name] = function (...a) { captured.push(this); return was.apply(this, a) } }`,
  ],
  [
    'getters on every object',
    `for (const name of ['domain', 'stdin', 'stdout', 'stderr', 'exitCode', '_handle', 'fd', 'kill', 'noDeprecation', 'report', 'connected', 'channel', '_exiting', 'mainModule']) Object.defineProperty(Object.prototype, name, { configurable: true, get() { captured.push(this); return undefined }, set(v) { captured.push(this, v); Object.defineProperty(this, name, { value: v, writable: true, configurable: true }) } })`,
  ],
  [
    'setters by number',
    `Object.defineProperty(Array.prototype, '0', { configurable: true, set(v) { captured.push(this, v); Object.defineProperty(this, '0', { value: v, writable: true, configurable: true, enumerable: true }) } })`,
  ],
  [
    'an iterator of its own',
    `const was = Array.prototype[Symbol.iterator]; Array.prototype[Symbol.iterator] = function () { captured.push(this); return was.call(this) }`,
  ],
  [
    'call and apply of its own',
    `const call = Function.prototype.call; const apply = Reflect.apply; Function.prototype.call = function (...a) { captured.push(this, a[0]); return apply(call, this, a) }; Function.prototype.bind = new Proxy(Function.prototype.bind, { apply(t, self, a) { captured.push(self, a[0]); return apply(t, self, a) } })`,
  ],
  [
    'then of its own',
    `const then = Promise.prototype.then; Promise.prototype.then = function (...a) { captured.push(this, ...a); return then.apply(this, a) }`,
  ],
  [
    'inspect of its own',
    `import util from 'node:util'; console.log({ [util.inspect.custom](...a) { captured.push(this, ...a); return '' } })`,
  ],
  [
    'prepareStackTrace, and the callers’ this',
    `Error.prepareStackTrace = (e, sites) => { for (const s of sites) { try { captured.push(s.getThis(), s.getFunction()) } catch {} } return '' }`,
  ],
  [
    'write of its own on streams',
    `import stream from 'node:stream'; for (const k of ['Writable', 'Readable', 'Duplex']) for (const m of ['write', '_write', 'push', 'read', 'end', 'destroy']) { const p = stream[k].prototype, was = p[m]; if (was) p[m] = function (...a) { captured.push(this, ...a); return was.apply(this, a) } }`,
  ],
  ['write of the console’s streams', `for (const k of ['_stdout', '_stderr']) captured.push(console[k], console[k]?.constructor)`],
  [
    'hasInstance and toPrimitive',
    `Object.defineProperty(Function.prototype, Symbol.hasInstance, { configurable: true, writable: true, value(it) { captured.push(this, it); return false } })`,
  ],
  [
    'a species of its own',
    `class Own extends Promise { constructor(f) { super(f); captured.push(f) } }; Object.defineProperty(Promise, Symbol.species, { value: Own, configurable: true })`,
  ],
  [
    'getters on Object.prototype for symbols',
    `for (const s of [Symbol.toStringTag, Symbol.for('nodejs.util.inspect.custom'), Symbol.for('nodejs.rejection'), Symbol.for('nodejs.dispose')]) Object.defineProperty(Object.prototype, s, { configurable: true, get() { captured.push(this); return undefined } })`,
  ],
]

/** Walks from everything that a hook can name, along properties, prototypes and getters. */
const crawler = `${telltale}
const roots = [['globalThis', globalThis], ['import.meta', import.meta]]
for (const name of ['assert', 'buffer', 'crypto', 'events', 'path', 'punycode', 'querystring', 'stream', 'stream/consumers', 'stream/promises', 'stream/web', 'string_decoder', 'timers', 'timers/promises', 'url', 'util', 'util/types', 'zlib']) roots.push([name, await import('node:' + name)])
export default ({ files }) => {
  const known = new WeakSet()
  const queue = [...roots, ['files', files], ['timer', setTimeout(() => {}, 1)], ['immediate', setImmediate(() => {})], ['channel', new MessageChannel()], ['error', new Error('x')], ['signal', AbortSignal.timeout(1000)], ['stream', files.stream('file.txt')], ['site', new Blob(['x'])]]
  let steps = 0
  while (queue.length > 0 && steps < 60000) {
    const [path, it] = queue.shift()
    if ((typeof it !== 'object' && typeof it !== 'function') || it === null || known.has(it)) continue
    known.add(it); steps += 1
    judge(it, path)
    let keys = []
    try { keys = Reflect.ownKeys(it) } catch {}
    for (const key of keys.slice(0, 500)) {
      const at = path + '.' + String(key)
      let d
      try { d = Object.getOwnPropertyDescriptor(it, key) } catch {}
      if (d === undefined) continue
      if ('value' in d) queue.push([at, d.value])
      else { queue.push([at + '.get', d.get], [at + '.set', d.set]); try { queue.push([at, Reflect.get(it, key)]) } catch {} }
    }
    try { queue.push([path + '.__proto__', Object.getPrototypeOf(it)]) } catch {}
  }
  return [{ found: { steps: steps > 1000, seen: seen.slice(0, 20) } }]
}`

/** Ways in which a hook ends its process. None of them may count as the machine's fault or as that of the next record. */
const crashes: readonly (readonly [string, string])[] = [
  [
    'text that cannot be cut',
    `String.prototype.slice = () => { throw new Error('no') }; export default () => { setTimeout(() => { throw new Error('x') }); return new Promise(() => {}) }`,
  ],
  [
    'text that cannot be cut, while it is loaded',
    `String.prototype.slice = String.prototype.replace = RegExp.prototype.exec = () => { throw 1 }; await new Promise(() => {}); export default () => []`,
  ],
  [
    'bytes that cannot be made',
    `Buffer.from = Buffer.concat = Buffer.allocUnsafeSlow = () => { throw 1 }; Uint8Array.prototype.subarray = Buffer.prototype.subarray = () => { throw 1 }; export default () => []`,
  ],
  [
    'an error that cannot be told',
    `Object.defineProperty(Error.prototype, 'stack', { get() { throw 1 } }); Error.prepareStackTrace = () => { throw 2 }; export default () => { setTimeout(() => { throw new Error() }); return new Promise(() => {}) }`,
  ],
  ['a rejection of null', `export default () => { Promise.reject(null); return new Promise((d) => setTimeout(d, 100)) }`],
  [
    'no JSON at all',
    `export default () => { setImmediate(() => { throw new Error('x') }); JSON.parse = JSON.stringify = () => { throw 1 }; return new Promise(() => {}) }`,
  ],
  [
    'an end of the process by an answer to exit',
    `Object.prototype.exitCode = 0; export default () => { setTimeout(() => { throw 1 }); return new Promise(() => {}) }`,
  ],
  [
    'words of another end',
    `console.error('FATAL ERROR: JavaScript heap out of memory'); console.error('mount: permission denied'); export default () => { setTimeout(() => { throw 1 }); return new Promise(() => {}) }`,
  ],
]

for (const walls of ['all', 'least'] as const) {
  describe(walls === 'all' ? 'a hostile module' : 'a hostile module on a machine without namespaces and cgroups', () => {
    let runner: ProgramRunner
    beforeAll(async () => {
      runner = await createModuleRunner({
        stateDir: join(dir.path, `state-${walls}`),
        source: async (digest) => sources.get(digest),
        walls,
      })
    })

    test.each(traps)('gains nothing by %s when that ends the process', async (_, trap) => {
      const { observation, log } = await play(
        runner,
        `${capturing(trap)}\nsetTimeout(() => { throw new Error('end') }, 20); await new Promise((done) => setTimeout(done, 1000))`,
      )
      expect(log).not.toContain('GOT ')
      expect(observation.failure?.kind).toMatch(/HOOK_EXIT|CONFIG/)
    })

    test.each(traps)('gains nothing by %s', async (_, trap) => {
      const { observation, found, results, log } = await play(runner, capturing(trap))
      expect(log).not.toContain('GOT ')
      if (observation.failure === undefined && results.find(({ id }) => id === 'a')?.outcome.status === 'PASSED')
        expect(found('a')).toEqual([])
      else expect(observation.failure?.kind ?? 'HOOK_EXIT').toMatch(/HOOK_EXIT|CONFIG/)
    })

    test('reaches neither the process nor files from anything that it can name', async () => {
      const { found } = await play(runner, crawler)
      expect(found('a')).toEqual({ steps: true, seen: [] })
    })

    test.each(crashes)('is at fault when it crashes itself with %s', async (_, source) => {
      const { observation } = await play(runner, source)
      expect(observation.failure?.kind).toMatch(/^(HOOK_EXIT|CONFIG)$/)
    })

    test('fails when it exits with 0 before it received every record', async () => {
      const { observation } = await play(runner, `export default () => { queueMicrotask(() => undefined); return { then() {} } }`)
      expect(observation.failure).toMatchObject({ kind: 'HOOK_EXIT', message: expect.stringContaining('at the record a') })
    })

    test.each([
      ['a token of its own', `import('node:crypto')`],
      ['files of the record before', `Promise.resolve()`],
    ])('cannot use %s for another record', async (_, expression) => {
      const { found } = await play(
        runner,
        `let kept; export default async ({ record, files }) => {
        await ${expression}
        if (record.id === 'a') { kept = files; return [{ found: 'kept' }] }
        const tries = []
        for (const use of [() => kept.text('file.txt'), () => kept.list(), () => kept.stream('file.txt')]) { try { use(); tries.push('read') } catch (error) { tries.push('refused') } }
        return [{ found: tries }] }`,
      )
      expect(found('b')).toEqual(['refused', 'refused', 'refused'])
    })
  })
}
