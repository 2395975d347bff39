import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ProgramRunner, PulledRecord } from '@strata/domain/run'
import { digestOf, parseHookName, type Digest } from '@strata/domain/shared'
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts'
import { prepareIngesterInput } from '../contract/ingester/prepare-input.ts'
import { readPull } from '../contract/ingester/read-pull.ts'
import { createModuleRunner } from './create-module-runner.ts'

let dir: Awaited<ReturnType<typeof temporaryDirectory>>
let runner: ProgramRunner
const sources = new Map<Digest, string>()
let pulls = 0
beforeAll(async () => {
  dir = await temporaryDirectory()
  runner = await createModuleRunner({ stateDir: join(dir.path, 'state'), source: async (digest) => sources.get(digest) })
})
afterAll(() => dir[Symbol.asyncDispose]())

async function pull(source: string) {
  pulls += 1
  const at = (name: string) => join(dir.path, `pull-${pulls}`, name)
  for (const name of ['out', 'files']) await mkdir(at(name), { recursive: true })
  await prepareIngesterInput(at('in'), { config: {} })
  const digest = digestOf(source)
  sources.set(digest, source)
  const { failure } = await runner.run(
    {
      runId: `pull-${process.pid}-${pulls}`,
      attempt: 1,
      program: { kind: 'ingester', name: parseHookName('pulls') },
      runtime: { type: 'module', digest, config: {}, limits: { timeoutSeconds: 20, memory: '256Mi', cpu: '1' } },
      memoryBytes: 2 ** 28,
      cpuMillis: 1000,
      timeoutSeconds: 20,
      inputDir: at('in'),
      filesDir: at('files'),
      outputDir: at('out'),
      logFile: at('log'),
      maxLogBytes: 2 ** 20,
      maxOutputBytes: 2 ** 26,
    },
    { signal: new AbortController().signal },
  )
  const records: PulledRecord[] = []
  if (failure === undefined) for await (const record of readPull({ outputDir: at('out'), filesDir: at('files') })) records.push(record)
  return { failure, records, bytes: (path: string) => readFile(join(at('files'), path)) }
}

describe('the author of an ingester is told what is wrong, and where:', () => {
  test.each([
    ['returns nothing', '() => {}', 'what the ingester returned is undefined, not an object'],
    ['returns a list', '() => []', 'what the ingester returned is a list, not an object'],
    ['returns no records', '() => ({ done: true })', '"records" is undefined, not a list'],
    ['forgets a source id', '() => ({ done: true, records: [{ metadata: {} }] })', 'records[0].source_id is undefined, not a text'],
    ['forgets metadata', `() => ({ done: true, records: [{ source_id: 'a' }] })`, 'records[0].metadata is undefined, not an object'],
    [
      'returns NaN',
      `() => ({ done: true, records: [{ source_id: 'a', metadata: { x: NaN } }] })`,
      '"x" is NaN, which JSON cannot represent',
    ],
    [
      'gives a file no name',
      `() => ({ done: true, records: [{ source_id: 'a', metadata: {}, files: [{ content: '' }] }] })`,
      'records[0].files[0].name is undefined, not a text',
    ],
    [
      'gives a file a number',
      `() => ({ done: true, records: [{ source_id: 'a', metadata: {}, files: [{ name: 'x', content: 1 }] }] })`,
      'records[0].files[0].content is neither a text nor bytes',
    ],
    [
      'deletes a record and describes it',
      `() => ({ done: true, records: [{ source_id: 'a', deleted: true, metadata: {} }] })`,
      'records[0] is deleted, so it has no metadata and no files',
    ],
    [
      'has neither a session nor an end',
      `() => ({ records: [{ source_id: 'a', metadata: {} }] })`,
      'the ingester returned neither a session nor `done: true`, so the next pull would begin at the start again',
    ],
    ['throws', `() => {\n throw new Error('no such page') }`, 'Error: no such page (line 2 of the module)'],
    ['throws nothing that can be told', `() => { throw { get message() { throw 1 } } }`, 'the module threw object'],
    ['imports files', `async () => { await import('node:fs') }`, 'an ingester may not import "node:fs"'],
  ])('one that %s', async (_, code, why) => {
    const { failure } = await pull(`export default ${code}`)
    expect(failure).toMatchObject({ kind: 'HOOK_EXIT', message: expect.stringMatching(/^The ingester failed at the batch 1: /) })
    expect(failure?.message).toContain(why)
  })

  test('one without a default export', async () => {
    expect((await pull('export const ingest = () => ({})')).failure).toMatchObject({
      kind: 'CONFIG',
      message: expect.stringContaining('export default async function ingest({ session, since, limit, config, fetch })'),
    })
  })

  test('one that crashes its process, or exits', async () => {
    expect((await pull('export default () => new Promise(() => queueMicrotask(() => { throw new Error("late") }))')).failure).toMatchObject(
      {
        kind: 'HOOK_EXIT',
        message: expect.stringMatching(/^The ingester threw an error that it did not catch .* at the batch 1\./),
      },
    )
  })
})

test('content may be a text or any kind of bytes, and as large as many messages', async () => {
  const { failure, records, bytes } = await pull(`
    const all = new Uint8Array(3 * 2 ** 20 + 5).map((_, i) => i)
    export default () => ({ done: true, records: [{ source_id: 'a', metadata: {}, files: [
      { name: 'text', content: 'é' }, { name: 'large', content: all }, { name: 'whole', content: all.buffer },
      { name: 'part', content: all.subarray(3, 6) }, { name: 'view', content: new DataView(all.buffer, 1, 2) },
    ] }] })`)
  expect(failure).toBeUndefined()
  expect(records).toMatchObject([
    { status: 'present', files: [2, 3 * 2 ** 20 + 5, 3 * 2 ** 20 + 5, 3, 2].map((size) => ({ bytes: size })) },
  ])
  const all = Buffer.from(new Uint8Array(3 * 2 ** 20 + 5).map((_, i) => i))
  expect((await bytes('a/large')).equals(all)).toBe(true)
  expect((await bytes('a/whole')).equals(all)).toBe(true)
  expect([...(await bytes('a/part')), ...(await bytes('a/view'))]).toEqual([3, 4, 5, 1, 2])
})

test('each call gets its own config and session: what one call changes, the next does not see', async () => {
  const { records } = await pull(`export default ({ config, session }) => {
    const n = session?.n ?? 0
    const seen = { config: { ...config }, session: { ...session } }
    config.changed = true
    return { records: [{ source_id: 'r' + n, metadata: seen }], session: { n: n + 1 }, done: n === 1 } }`)
  expect(records).toMatchObject([{ metadata: { config: {}, session: {} } }, { metadata: { config: {}, session: { n: 1 } } }])
})
