import { chmod, link, mkdir, open, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseHookName } from '@strata/domain/shared'
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts'
import { outputExcess, untilExcess } from './watch-output.ts'

const program = { kind: 'hook', name: parseHookName('writes') } as const
const excessIn = (outputDir: string, maxOutputBytes: number) =>
  outputExcess({ program, inputDir: '/nowhere', filesDir: '/nowhere', outputDir, maxOutputBytes })

test('what a hook wrote is counted through its directories, and not through its links', async () => {
  await using dir = await temporaryDirectory()
  await mkdir(join(dir.path, 'out/deep'), { recursive: true })
  await writeFile(join(dir.path, 'large'), Buffer.alloc(100_000))
  const out = join(dir.path, 'out')
  await symlink('../large', join(out, 'link'))
  await symlink('..', join(out, 'up'))
  expect(await excessIn(out, 50_000)).toBeUndefined()
  await writeFile(join(out, 'deep/x'), Buffer.alloc(60_000))
  expect(await excessIn(out, 50_000)).toBe('The hook wrote more than 50000 bytes.')
  expect(await excessIn(out, 70_000)).toBeUndefined()
})

test('a file counts as what it says it is, holes and all', async () => {
  await using dir = await temporaryDirectory()
  const file = await open(join(dir.path, 'sparse'), 'w')
  await file.truncate(2 ** 40)
  await file.close()
  expect(await excessIn(dir.path, 1_000_000)).toContain('more than 1000000 bytes')
})

test('files and directories without end are too many', async () => {
  await using dir = await temporaryDirectory()
  await writeFile(join(dir.path, '0'), '')
  for (let i = 1; i <= 1000; i += 1) await link(join(dir.path, '0'), join(dir.path, String(i)))
  expect(await excessIn(dir.path, 1_000)).toBe('The hook wrote more than 1000 files.')
  await using other = await temporaryDirectory()
  await mkdir(join(other.path, 'a/'.repeat(10)), { recursive: true })
  expect(await excessIn(other.path, 1_000)).toBe('The hook wrote directories nested deeper than 8.')
})

test('what is gone takes no room', async () => {
  expect(await excessIn('/nowhere/at/all', 1)).toBeUndefined()
})

/** A name as bytes: 0xff never occurs in UTF-8. */
const bytes = (dir: string, name: string) => Buffer.concat([Buffer.from(`${dir}/${name}`), Buffer.from([0xff, 0xfe])])

test('a file counts, whatever the bytes of its name', async () => {
  await using dir = await temporaryDirectory()
  await writeFile(bytes(dir.path, 'data'), Buffer.alloc(60_000))
  expect(await excessIn(dir.path, 70_000)).toBeUndefined()
  expect(await excessIn(dir.path, 50_000)).toBe('The hook wrote more than 50000 bytes.')
})

test('the content of a directory counts, whatever the bytes of its name', async () => {
  await using dir = await temporaryDirectory()
  const deep = bytes(dir.path, 'deep')
  await mkdir(deep)
  await writeFile(Buffer.concat([deep, Buffer.from('/file')]), Buffer.alloc(60_000))
  expect(await excessIn(dir.path, 50_000)).toBe('The hook wrote more than 50000 bytes.')
})

test('two names that decode to the same text count as two files', async () => {
  await using dir = await temporaryDirectory()
  for (const last of [0xfe, 0xff]) await writeFile(Buffer.concat([Buffer.from(`${dir.path}/x`), Buffer.from([last])]), Buffer.alloc(40_000))
  expect(await excessIn(dir.path, 50_000)).toBe('The hook wrote more than 50000 bytes.')
})

test.skipIf(process.getuid?.() === 0)('a directory that cannot be read exceeds the limit and never counts as empty', async () => {
  await using dir = await temporaryDirectory()
  await mkdir(join(dir.path, 'shut'))
  await chmod(join(dir.path, 'shut'), 0)
  expect(await excessIn(dir.path, 1_000)).toBe('The hook wrote a directory that cannot be looked into.')
  await chmod(join(dir.path, 'shut'), 0o700)
})

test('a file that is renamed all the time counts, or exceeds the limit', async () => {
  await using dir = await temporaryDirectory()
  await writeFile(join(dir.path, '0'), Buffer.alloc(60_000))
  const moving = { on: true }
  const mover = (async () => {
    for (let i = 0; moving.on; i += 1) await rename(join(dir.path, String(i)), join(dir.path, String(i + 1)))
  })()
  try {
    for (let i = 0; i < 5; i += 1) expect(await excessIn(dir.path, 50_000)).toBeDefined()
  } finally {
    moving.on = false
    await mover
  }
})

test('an ingester may write its files too, and more of them, and all of it counts together', async () => {
  await using dir = await temporaryDirectory()
  const [outputDir, filesDir] = [join(dir.path, 'out'), join(dir.path, 'files')]
  for (const path of [outputDir, filesDir]) await mkdir(path)
  const name = parseHookName('pulls')
  const excess = (kind: 'hook' | 'ingester', maxOutputBytes: number) =>
    outputExcess({ program: { kind, name }, inputDir: '/nowhere', filesDir, outputDir, maxOutputBytes })
  await writeFile(join(outputDir, 'records.jsonl'), Buffer.alloc(30_000))
  await writeFile(join(filesDir, 'x'), Buffer.alloc(30_000))
  expect(await excess('ingester', 70_000)).toBeUndefined()
  expect(await excess('ingester', 50_000)).toBe('The ingester wrote more than 50000 bytes.')
  // A hook cannot write there.
  expect(await excess('hook', 50_000)).toBeUndefined()
  for (let i = 0; i < 1100; i += 1) await writeFile(join(filesDir, String(i)), '')
  expect(await excess('ingester', 2 ** 20)).toBeUndefined()
})

test('a watch ends at once when it is told to, also in the middle of a look at very many files', async () => {
  await using dir = await temporaryDirectory()
  const [outputDir, filesDir] = [join(dir.path, 'out'), join(dir.path, 'files')]
  await mkdir(outputDir)
  for (let i = 0; i < 40; i += 1) {
    await mkdir(join(filesDir, String(i)), { recursive: true })
    await Promise.all(Array.from({ length: 100 }, (_, j) => writeFile(join(filesDir, String(i), String(j)), '')))
  }
  const job = {
    program: { kind: 'ingester', name: parseHookName('pulls') },
    inputDir: '/nowhere',
    filesDir,
    outputDir,
    maxOutputBytes: 2 ** 30,
  } as const
  const over = new AbortController()
  let looked = false
  // Aborted as soon as the look gives way to other work, long before its four thousand files were seen.
  setImmediate(() => over.abort())
  const watching = untilExcess(job, over.signal).finally(() => (looked = true))
  expect(await Promise.race([watching, outputExcess(job)])).toBeUndefined()
  expect(looked).toBe(true)
})

test('a watch finds what is written while it goes on', async () => {
  await using dir = await temporaryDirectory()
  const watching = untilExcess(
    { program, inputDir: '/nowhere', filesDir: '/nowhere', outputDir: dir.path, maxOutputBytes: 50_000 },
    new AbortController().signal,
  )
  await writeFile(join(dir.path, 'x'), Buffer.alloc(60_000))
  expect(await watching).toBe('The hook wrote more than 50000 bytes.')
})
