import { readdirSync, readlinkSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { duplexPair } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { PullBounds } from '@strata/domain/run'
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts'
import { InvalidOutput } from '../shared/invalid-output.ts'
import { OutputExceeded } from './bounded-output.ts'
import { exchangePulls } from './exchange-pulls.ts'
import { framesOf, ProtocolBroken, type Frames } from './frames.ts'
import { fromHost, maxFrameBytes, toHost, tokenBytes } from './host/frame-kinds.ts'
import { atStart } from './progress.ts'

type Speak = (ingester: Frames) => Promise<void>

/** Runs the worker's side against a process fully controlled by an ingester: `speak` sends any messages after the introduction. */
async function exchange(speak: Speak, bounds: PullBounds = {}, maxOutputBytes = 2 ** 20) {
  await using dir = await temporaryDirectory()
  const at = (name: string) => join(dir.path, name)
  for (const name of ['in', 'out', 'files']) await mkdir(at(name))
  await writeFile(at('in/session.json'), '{"next":7}')
  const [worker, other] = duplexPair()
  const progress = atStart()
  const ingester = framesOf(other, maxFrameBytes)
  const speaking = introduce(ingester)
    .then(() => speak(ingester))
    .finally(() => other.end())
  const job = { inputDir: at('in'), filesDir: at('files'), outputDir: at('out'), maxOutputBytes }
  const fault: unknown = await exchangePulls(worker, job, bounds, progress).catch((error: unknown) => error)
  worker.destroy()
  await speaking
  const files: Record<string, string> = {}
  for (const entry of await readdir(dir.path, { recursive: true, withFileTypes: true }))
    if (entry.isFile())
      files[join(entry.parentPath, entry.name).slice(dir.path.length + 1)] = await readFile(join(entry.parentPath, entry.name), 'utf8')
  return { fault, progress, files }
}

async function introduce(ingester: Frames): Promise<void> {
  await ingester.send(fromHost.hello)
  await ingester.next()
  await ingester.send(fromHost.loaded)
}

async function asked(ingester: Frames): Promise<{ token: Buffer; question: unknown }> {
  const frame = await ingester.next()
  expect(frame?.kind).toBe(toHost.pull)
  const body = frame?.body ?? Buffer.alloc(tokenBytes)
  return { token: body.subarray(0, tokenBytes), question: JSON.parse(body.toString('utf8', tokenBytes)) }
}

const record = (head: object, metadata = '{}') => Buffer.from(`${JSON.stringify({ deleted: false, files: [], ...head })}\n${metadata}`)
const end = (done: boolean, session = '') => Buffer.concat([Buffer.from([done ? 1 : 0]), Buffer.from(session)])
const lines = (files: Record<string, string>) => (files['out/records.jsonl'] ?? '').trim().split('\n')

test('a batch follows the other until the limit is reached, each from the session of the one before', async () => {
  const questions: unknown[] = []
  const { fault, progress, files } = await exchange(
    async (ingester) => {
      for (const n of [1, 2]) {
        const { token, question } = await asked(ingester)
        questions.push(question)
        await ingester.send(fromHost.pulled, token, record({ source_id: `r${n}` }))
        await ingester.send(fromHost.batch, token, end(false, String(n)))
      }
      expect((await ingester.next())?.kind).toBe(toHost.done)
    },
    { limit: 2, since: new Date(0) },
  )
  expect(fault).toBeUndefined()
  expect(questions).toEqual([
    { session: { next: 7 }, bounds: { limit: 2, since: '1970-01-01T00:00:00.000Z' } },
    { session: 1, bounds: { limit: 1, since: '1970-01-01T00:00:00.000Z' } },
  ])
  expect(progress).toMatchObject({ stage: 'done', at: 'batch 2' })
  expect(files['out/session.json']).toBe('2\n')
  expect(files['out/done']).toBeUndefined()
  expect(lines(files)).toEqual(['r1', 'r2'].map((id) => `{"source_id":"${id}","metadata":{},"files":[]}`))
})

test('the bytes of files may come in any parts, and are written below the folder of their record', async () => {
  const { fault, files } = await exchange(async (ingester) => {
    const { token } = await asked(ingester)
    const named = (name: string, bytes: number) => ({ name, bytes })
    await ingester.send(fromHost.pulled, token, record({ source_id: 'a/b', files: [named('x', 3), named('empty', 0), named('y', 2)] }))
    for (const part of ['x', 'xxy', 'y']) await ingester.send(fromHost.fileBytes, token, Buffer.from(part))
    await ingester.send(fromHost.batch, token, end(true, '"kept"'))
    await ingester.next()
  })
  expect(fault).toBeUndefined()
  expect(files).toMatchObject({
    'files/a%2Fb/x': 'xxx',
    'files/a%2Fb/empty': '',
    'files/a%2Fb/y': 'yy',
    'out/session.json': '"kept"\n',
    'out/done': '',
  })
  expect(JSON.parse(lines(files)[0] ?? '')).toEqual({
    source_id: 'a/b',
    metadata: {},
    files: ['x', 'empty', 'y'].map((name, i) => ({ name, relative_path: `a%2Fb/${name}`, size_mb: [3, 0, 2][i]! / 2 ** 20 })),
  })
})

test('no name of a file leads out of its folder, and content of a record that was there before is dropped', async () => {
  const { fault, files } = await exchange(async (ingester) => {
    const { token } = await asked(ingester)
    const named = (...names: string[]) => names.map((name) => ({ name, bytes: 1 }))
    await ingester.send(
      fromHost.pulled,
      token,
      record({ source_id: 'a', files: named('../../out/session.json', '..', '/x', 'fine', 'FINE') }),
    )
    await ingester.send(fromHost.fileBytes, token, Buffer.from('12345'))
    await ingester.send(fromHost.pulled, token, record({ source_id: 'a', files: named('fine') }))
    await ingester.send(fromHost.fileBytes, token, Buffer.from('6'))
    await ingester.send(fromHost.batch, token, end(true))
    await ingester.next()
  })
  expect(fault).toBeUndefined()
  expect(Object.keys(files).sort()).toEqual(['files/a/fine', 'in/session.json', 'out/progress.jsonl', 'out/records.jsonl'])
  expect(files['files/a/fine']).toBe('4')
})

describe('an ingester’s process that breaks the exchange is ended when it sends', () => {
  test.each<[string, (ingester: Frames, token: Buffer) => Promise<void>]>([
    ['an answer with a token of its own', (ingester) => ingester.send(fromHost.batch, Buffer.alloc(tokenBytes), end(true))],
    ['an answer without a token', (ingester) => ingester.send(fromHost.pulled)],
    ['rows, like a hook', (ingester, token) => ingester.send(fromHost.rows, token, Buffer.from('[]'))],
    ['a question for files', (ingester, token) => ingester.send(fromHost.listFiles, token)],
    ['bytes of no file', (ingester, token) => ingester.send(fromHost.fileBytes, token, Buffer.from('x'))],
    ['a record that is no JSON', (ingester, token) => ingester.send(fromHost.pulled, token, Buffer.from('{\n{}'))],
    ['a record in one line', (ingester, token) => ingester.send(fromHost.pulled, token, Buffer.from('{"source_id":"a"}'))],
    ['metadata of two lines', (ingester, token) => ingester.send(fromHost.pulled, token, record({ source_id: 'a' }, '{\n}'))],
    ['metadata that ends its line', (ingester, token) => ingester.send(fromHost.pulled, token, record({ source_id: 'a' }, '{}},{"x":{}'))],
    [
      'a record with a key twice',
      (ingester, token) => ingester.send(fromHost.pulled, token, Buffer.from('{"source_id":"a","source_id":"b"}\n{}')),
    ],
    ['a record without a source id', (ingester, token) => ingester.send(fromHost.pulled, token, record({}))],
    ['files that are no list', (ingester, token) => ingester.send(fromHost.pulled, token, record({ source_id: 'a', files: {} }))],
    [
      'a file of no size',
      (ingester, token) => ingester.send(fromHost.pulled, token, record({ source_id: 'a', files: [{ name: 'x', bytes: -1 }] })),
    ],
    ['a session that is no JSON', (ingester, token) => ingester.send(fromHost.batch, token, end(false, '{'))],
    ['an end that says nothing', (ingester, token) => ingester.send(fromHost.batch, token)],
    [
      'fewer bytes than it announced',
      async (ingester, token) => {
        await ingester.send(fromHost.pulled, token, record({ source_id: 'a', files: [{ name: 'x', bytes: 2 }] }))
        await ingester.send(fromHost.fileBytes, token, Buffer.from('x'))
        await ingester.send(fromHost.batch, token, end(true))
      },
    ],
    [
      'more bytes than it announced',
      async (ingester, token) => {
        await ingester.send(fromHost.pulled, token, record({ source_id: 'a', files: [{ name: 'x', bytes: 1 }] }))
        await ingester.send(fromHost.fileBytes, token, Buffer.from('xx'))
      },
    ],
  ])('%s', async (_, speak) => {
    const { fault, files } = await exchange(async (ingester) => {
      const { token } = await asked(ingester)
      await speak(ingester, token)
      await ingester.next()
    })
    expect(fault).toBeInstanceOf(ProtocolBroken)
    expect(files['out/session.json']).toBeUndefined()
  })
})

test('a source id that an archive cannot keep, and a record beyond the limit, refuse the pull', async () => {
  const pulled = (...ids: string[]) =>
    exchange(
      async (ingester) => {
        const { token } = await asked(ingester)
        for (const id of ids) await ingester.send(fromHost.pulled, token, record({ source_id: id }))
        await ingester.next()
      },
      { limit: 1 },
    )
  expect((await pulled('a\0')).fault).toEqual(new InvalidOutput('records.jsonl', 1, 'its "source_id" contains control characters'))
  expect((await pulled('a', 'b')).fault).toEqual(
    new InvalidOutput('records.jsonl', 2, 'there are more than 1 records, which is the limit of this pull'),
  )
})

test('what it announces counts before it is written, and so do files without bytes', async () => {
  const announcing = (files: object[]) =>
    exchange(async (ingester) => {
      const { token } = await asked(ingester)
      await ingester.send(fromHost.pulled, token, record({ source_id: 'a', files }))
      await ingester.next()
    })
  const large = await announcing([{ name: 'x', bytes: 2 ** 40 }])
  expect(large.fault).toEqual(new OutputExceeded('ingester', 'more than 1048576 bytes'))
  const many = await announcing(Array.from({ length: 20_000 }, (_, i) => ({ name: `${i}`, bytes: 0 })))
  expect(many.fault).toBeInstanceOf(OutputExceeded)
  for (const { files } of [large, many]) expect(Object.keys(files).filter((path) => path.startsWith('files/'))).toEqual([])
})

test('an ingester that would be called for ever with the same session is stopped', async () => {
  const { fault, progress, files } = await exchange(async (ingester) => {
    const { token } = await asked(ingester)
    await ingester.send(fromHost.batch, token, end(false, '{"next":7}'))
    expect((await ingester.next())?.kind).toBe(toHost.done)
  })
  expect(fault).toBeUndefined()
  expect(progress).toMatchObject({ stage: 'working', threw: expect.stringContaining('Return `done: true` when the source has no more.') })
  expect(files['out/session.json']).toBeUndefined()
})

test('an error of its own ends the pull, with its words', async () => {
  const { progress } = await exchange(async (ingester) => {
    const { token } = await asked(ingester)
    await ingester.send(fromHost.error, token, Buffer.from(JSON.stringify({ error: 'TypeError: fetch failed' })))
    await ingester.next()
  })
  expect(progress.threw).toBe('TypeError: fetch failed. This ingester may not reach the network: no hosts are allowed.')
})

test.runIf(process.platform === 'linux')('no more than one file is open at a time, however many a record announces', async () => {
  const names = Array.from({ length: 200 }, (_, i) => `file-${i}`)
  const over = new AbortController()
  const exchanging = exchange(async (ingester) => {
    const { token } = await asked(ingester)
    await ingester.send(fromHost.pulled, token, record({ source_id: 'many', files: names.map((name) => ({ name, bytes: 1 })) }))
    for (const _ of names) await ingester.send(fromHost.fileBytes, token, Buffer.from('x'))
    await ingester.send(fromHost.batch, token, end(true))
    await ingester.next()
  }).finally(() => over.abort())
  let most = 0
  while (!over.signal.aborted) {
    most = Math.max(most, openFilesOf('/files/many/'))
    await setImmediate()
  }
  const { fault, files } = await exchanging
  expect(fault).toBeUndefined()
  expect(Object.keys(files).filter((path) => path.startsWith('files/many/'))).toHaveLength(200)
  expect(most).toBe(1)
})

/** Of this process. */
function openFilesOf(part: string): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).includes(part)
    } catch {
      // Closed in the meantime.
      return false
    }
  }).length
}
