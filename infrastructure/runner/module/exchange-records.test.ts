import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { duplexPair } from 'node:stream'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts'
import { exchangeRecords } from './exchange-records.ts'
import { framesOf, ProtocolBroken, type Frames } from './frames.ts'
import { fromHost, maxFrameBytes, toHost, tokenBytes } from './host/frame-kinds.ts'
import { OutputExceeded } from './bounded-output.ts'
import { atStart } from './progress.ts'

/** Runs the worker's side against a process fully controlled by a hook: `speak` sends any messages. */
async function exchange(speak: (hook: Frames, raw: ReturnType<typeof duplexPair>[0]) => Promise<void>, maxOutputBytes = 2 ** 20) {
  await using dir = await temporaryDirectory()
  const at = (name: string) => join(dir.path, name)
  for (const name of ['in', 'out', 'files/a', 'files/b']) await mkdir(at(name), { recursive: true })
  for (const id of ['a', 'b']) await writeFile(at(`files/${id}/file.txt`), `a file of ${id}`)
  await writeFile(at('in/records.jsonl'), '{"id":"a","metadata":{}}\n{"id":"b","metadata":{}}\n')
  const [worker, hook] = duplexPair()
  const progress = atStart()
  const speaking = speak(framesOf(hook, maxFrameBytes), hook).finally(() => hook.end())
  const fault: unknown = await exchangeRecords(
    worker,
    { inputDir: at('in'), filesDir: at('files'), outputDir: at('out'), maxOutputBytes },
    progress,
  ).catch((error: unknown) => error)
  worker.destroy()
  await speaking
  const text = (name: string) => readFile(at(`out/${name}.jsonl`), 'utf8').catch(() => '')
  return { fault, progress, features: await text('features'), errors: await text('errors'), rejections: await text('rejections') }
}

async function introduce(hook: Frames): Promise<void> {
  await hook.send(fromHost.hello)
  await hook.next()
  await hook.send(fromHost.loaded)
}

async function given(hook: Frames): Promise<Buffer> {
  const frame = await hook.next()
  expect(frame?.kind).toBe(toHost.record)
  return frame?.body.subarray(0, tokenBytes) ?? Buffer.alloc(0)
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value))

test('the worker sends a record only after the answer to the previous one', async () => {
  const { progress, features } = await exchange(async (hook) => {
    await introduce(hook)
    const first = await hook.next()
    expect(first?.body.toString('utf8', tokenBytes)).toBe('{"id":"a","metadata":{}}')
    await hook.send(fromHost.rows, first?.body.subarray(0, tokenBytes) ?? Buffer.alloc(0), json([{ x: 1 }]))
    const second = await given(hook)
    await hook.send(fromHost.rows, second, json([]))
    expect((await hook.next())?.kind).toBe(toHost.done)
  })
  expect(progress).toMatchObject({ stage: 'done', at: 'record b' })
  expect(features).toBe('{"id":"a","features":[{"x":1}]}\n{"id":"b","features":[]}\n')
})

test.each([
  [
    'two answers, the second for the record that follows',
    async (hook: Frames) => {
      const token = await given(hook)
      for (let i = 0; i < 2; i += 1) await hook.send(fromHost.rows, token, json([]))
    },
  ],
  [
    'an answer with a token of its own',
    async (hook: Frames) => {
      await given(hook)
      await hook.send(fromHost.rows, Buffer.alloc(tokenBytes), json([]))
    },
  ],
  [
    'an answer without a token',
    async (hook: Frames) => {
      await given(hook)
      await hook.send(fromHost.rows)
    },
  ],
  [
    'that it was loaded once more',
    async (hook: Frames) => {
      await given(hook)
      await hook.send(fromHost.loaded)
    },
  ],
  [
    'that it cannot be a hook after all',
    async (hook: Frames) => {
      await given(hook)
      await hook.send(fromHost.unusable, Buffer.from('x'))
    },
  ],
  [
    'a kind of message that there is none of',
    async (hook: Frames) => {
      await given(hook)
      await hook.send(99)
    },
  ],
  [
    'a message of 4 GiB',
    async (hook: Frames, raw: ReturnType<typeof duplexPair>[0]) => {
      await given(hook)
      raw.write(Buffer.from([255, 255, 255, 255, fromHost.rows]))
    },
  ],
])('a process is killed, and writes nothing about the next record, when it sends: %s', async (_, say) => {
  const { fault, progress, features } = await exchange(async (hook, raw) => {
    await introduce(hook)
    await say(hook, raw)
  })
  expect(fault).toBeInstanceOf(ProtocolBroken)
  expect(progress.stage).toBe('working')
  expect(features).not.toContain('"b"')
})

test.each([
  ['the end of its object', '[],"id":"b"'],
  ['another line', '[]}\n{"id":"b","features":[]'],
  ['a line break between two values', '[1,\n2]'],
  ['nothing', ''],
  ['bytes that are no text', Buffer.from([0x22, 0xff, 0x22])],
])('an answer with %s is an error of its own record', async (_, answer) => {
  const { features, errors } = await exchange(async (hook) => {
    await introduce(hook)
    await hook.send(fromHost.rows, await given(hook), Buffer.from(answer))
    await given(hook)
  })
  expect(features).toBe('')
  expect(
    errors
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  ).toEqual([{ id: 'a', error: expect.stringContaining('no JSON'), retryable: false }])
})

test.each([
  '../b/file.txt',
  '/etc/passwd',
  '..',
  '.',
  '',
  'file.txt/',
  'x/../file.txt',
  '../../in/records.jsonl',
  'file.txt\0',
  '../../out/features.jsonl',
])('no file is read by the name %j', async (name) => {
  await exchange(async (hook) => {
    await introduce(hook)
    const token = await given(hook)
    await hook.send(fromHost.readFile, token, Buffer.from(`0 ${name}`))
    expect((await hook.next())?.kind).toBe(toHost.refused)
    await hook.send(fromHost.readFile, token, Buffer.from('0 file.txt'))
    expect(await hook.next()).toEqual({ kind: toHost.bytes, body: Buffer.from('a file of a') })
  })
})

test('reading files of a finished or a later record is refused', async () => {
  await exchange(async (hook) => {
    await introduce(hook)
    const first = await given(hook)
    await hook.send(fromHost.rows, first, json([]))
    await given(hook)
    for (const token of [first, Buffer.alloc(tokenBytes)]) {
      await hook.send(fromHost.readFile, token, Buffer.from('0 file.txt'))
      expect((await hook.next())?.kind).toBe(toHost.refused)
    }
  })
})

test('output beyond the limit is not written', async () => {
  const { fault, features } = await exchange(async (hook) => {
    await introduce(hook)
    await hook.send(fromHost.rows, await given(hook), json(['x'.repeat(2_000)]))
  }, 1_000)
  expect(fault).toEqual(new OutputExceeded('hook', 'more than 1000 bytes'))
  expect(features).toBe('')
})

test('a process that never sends hello has not started', async () => {
  expect((await exchange(async () => undefined)).progress.stage).toBe('starting')
})
