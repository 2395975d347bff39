import { execFileSync } from 'node:child_process'
import { link, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PulledRecord } from '@strata/domain/run'
import { temporaryDirectory } from '../../../../test/support/temporary-directory.ts'
import { InvalidOutput } from '../../shared/invalid-output.ts'
import { prepareIngesterInput } from './prepare-input.ts'
import { readPull } from './read-pull.ts'

let dir: Awaited<ReturnType<typeof temporaryDirectory>>
beforeEach(async () => {
  dir = await temporaryDirectory()
  await mkdir(join(dir.path, 'out'))
  await mkdir(join(dir.path, 'files'))
})
afterEach(() => dir[Symbol.asyncDispose]())

const out = (name: string) => join(dir.path, 'out', name)
const files = (path: string) => join(dir.path, 'files', path)
const records = (...lines: readonly unknown[]) =>
  writeFile(out('records.jsonl'), lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''))
const file = (name: string, relative_path: unknown, more = {}) => ({ name, relative_path, size_mb: 0.1, ...more })

async function read(limit?: number) {
  const found: PulledRecord[] = []
  const reading = readPull({
    outputDir: join(dir.path, 'out'),
    filesDir: join(dir.path, 'files'),
    ...(limit === undefined ? {} : { limit }),
  })
  for (;;) {
    const next = await reading.next()
    if (next.done === true) return { found, end: next.value }
    found.push(next.value)
  }
}

async function refusal(limit?: number): Promise<string> {
  const error = await read(limit).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(InvalidOutput)
  return (error as InvalidOutput).message
}

/** Why the record `a` is invalid; its neighbour must not be. */
async function fault(record: object): Promise<string> {
  await mkdir(files('b'), { recursive: true })
  await writeFile(files('b/x'), 'of b')
  await records({ source_id: 'a', metadata: {}, ...record }, { source_id: 'b', metadata: {}, files: [file('x', 'b/x')] })
  const [a, b] = (await read()).found
  expect(b).toEqual({ status: 'present', sourceId: 'b', metadata: {}, files: [{ name: 'x', path: 'b/x', bytes: 4 }] })
  expect(a?.status).toBe('invalid')
  return a?.status === 'invalid' ? a.reason : ''
}

test('an ingester that wrote nothing found nothing, and its source has no more', async () => {
  expect(await read()).toEqual({ found: [], end: { done: true } })
})

test('what was read is known by its digest', async () => {
  await records({ source_id: 'a', deleted: true })
  const { found, end } = await read()
  expect(found).toEqual([{ status: 'deleted', sourceId: 'a' }])
  expect(end.records).toEqual({ file: 'records.jsonl', bytes: 33, digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) })
})

describe('a session', () => {
  test.each([
    ['an object', '{"next":[1,2]}', { next: [1, 2] }],
    ['a text', '"token"', 'token'],
    ['null', 'null', null],
  ])('may be %s', async (_, text, session) => {
    await writeFile(out('session.json'), text)
    expect((await read()).end).toEqual({ session, done: false })
    await writeFile(out('done'), '')
    expect((await read()).end).toEqual({ session, done: true })
  })

  test.each([
    ['is not JSON', '{"next":', /^session.json: it is not JSON/],
    ['is empty', '', 'session.json: it is empty.'],
    ['has a key twice', '{"a":1,"a":2}', 'session.json: the key "a" appears twice.'],
    ['names a prototype', '{"__proto__":1}', 'session.json: the key "__proto__" is not allowed.'],
    ['has a number that no column keeps', '1e999', 'session.json: the number 1e999 is too large.'],
    ['is too large', JSON.stringify('x'.repeat(2 ** 20)), /^session.json: it has 1048578 bytes; the most is 1048576/],
    ['is not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'session.json: it is not UTF-8.'],
  ])('that %s is refused', async (_, content, why) => {
    await writeFile(out('session.json'), content)
    expect(await refusal()).toMatch(why)
  })
})

describe('the whole pull is refused when a line', () => {
  test.each([
    ['is not JSON', 'no', /^records.jsonl, line 1: it is not JSON/],
    ['is not an object', '[]', 'records.jsonl, line 1: it is not an object.'],
    ['has a key twice', '{"source_id":"a","metadata":{"x":1,"x":2}}', 'records.jsonl, line 1: the key "x" appears twice.'],
    ['has no source id', '{"metadata":{}}', 'records.jsonl, line 1: it has no "source_id".'],
    ['has an empty source id', '{"source_id":" ","metadata":{}}', /^records.jsonl, line 1: its "source_id" is empty/],
    ['has a source id that is not text', '{"source_id":1,"metadata":{}}', 'records.jsonl, line 1: it has no "source_id".'],
    ['has a long source id', JSON.stringify({ source_id: 'x'.repeat(513) }), /^records.jsonl, line 1: its "source_id" has at most 512/],
  ])('%s', async (_, line, why) => {
    await records(line)
    expect(await refusal()).toMatch(why)
  })

  test('is one more than the limit', async () => {
    await records(...['a', 'b', 'c'].map((id) => ({ source_id: id, metadata: {} })))
    expect(await refusal(2)).toBe('records.jsonl, line 3: there are more than 2 lines.')
    expect((await read(3)).found).toHaveLength(3)
  })
})

describe('what is not a regular file is refused, and never waited for', () => {
  test.each(['records.jsonl', 'session.json'])('%s', async (name) => {
    await writeFile(files('outside'), '"x"')
    await symlink(files('outside'), out(name))
    expect(await refusal()).toBe(`${name}: it is a symbolic link.`)
  })

  test('a FIFO, or a link, for the mark of the end', async () => {
    await writeFile(out('session.json'), '1')
    execFileSync('mkfifo', [out('done')])
    expect(await refusal()).toBe('done: it is not a regular file.')
  })

  test('a directory of files that is a link', async () => {
    await writeFile(out('x'), '')
    const reading = readPull({ outputDir: join(dir.path, 'out'), filesDir: join(dir.path, 'link') })
    await symlink(join(dir.path, 'files'), join(dir.path, 'link'))
    await expect(reading.next()).rejects.toBeInstanceOf(InvalidOutput)
  })
})

describe('a fault of one record costs only that record:', () => {
  test.each<[string, object, RegExp | string]>([
    ['no metadata', { metadata: undefined }, 'It has no "metadata" that is an object.'],
    ['metadata that is a list', { metadata: [] }, 'It has no "metadata" that is an object.'],
    ['NUL in its metadata', { metadata: { x: '\0' } }, /^Its line in records.jsonl is unusable: a text contains a NUL character/],
    ['deleted, with metadata', { deleted: true }, 'It is deleted and has metadata or files.'],
    ['deleted, perhaps', { deleted: 'yes' }, 'Its "deleted" is neither true nor false.'],
    ['files that are no list', { files: {} }, 'Its "files" are no list.'],
    ['too many files', { files: Array(1001).fill(file('x', 'a/x')) }, 'It has 1001 files; the most is 1000.'],
    ['a file that is not an object', { files: ['x'] }, 'One of its files has no "name" or no "relative_path".'],
    ['a file without a path', { files: [file('x', undefined)] }, 'One of its files has no "name" or no "relative_path".'],
    ['a name with a slash', { files: [file('a/x', 'a/x')] }, 'Its file "a/x" contains a slash; records have no folders.'],
    ['a negative size', { files: [file('x', 'a/x', { size_mb: -1 })] }, 'Its file "x" has a "size_mb" that is not a size.'],
    ['a file that is not there', { files: [file('x', 'a/x')] }, 'Its file "x" cannot be used: it is not there.'],
    ['a folder in place of a file', { files: [file('b', 'a')] }, /is not below "a\/", the folder of its record/],
  ])('%s', async (_, record, why) => {
    expect(await fault(record)).toMatch(why)
  })

  test.each([
    'b/x',
    'a/../b/x',
    'a//x',
    'a/./x',
    '../files/b/x',
    '/etc/passwd',
    './a/x',
    'a',
    'a/',
    'a\\x',
    'a/x\0',
    'A/x',
    `a/${'d/'.repeat(8)}x`,
  ])('a path to %j', async (path) => {
    await mkdir(files(`a/${'d/'.repeat(8)}`), { recursive: true })
    await writeFile(files('a/x'), 'x')
    await writeFile(files(`a/${'d/'.repeat(8)}x`), 'x')
    expect(await fault({ files: [file('x', path)] })).toMatch(/is not below "a\/"|unusable: a text contains a NUL/)
  })

  test('two files of one name, however it is written', async () => {
    await mkdir(files('a'))
    for (const name of ['x', 'y']) await writeFile(files(`a/${name}`), '')
    expect(await fault({ files: [file('É.txt', 'a/x'), file('e\u0301.txt', 'a/y')] })).toBe('Its file "e\u0301.txt" appears twice.')
  })

  test('a source id that has no folder cannot have files', async () => {
    await records({ source_id: 'é'.repeat(200), metadata: {}, files: [file('x', 'x/x')] }, { source_id: 'é'.repeat(201), metadata: {} })
    expect((await read()).found).toMatchObject([
      { status: 'invalid', reason: 'Its source id is too long for the name of a folder, so it can have no files.' },
      { status: 'present' },
    ])
  })
})

describe('a file is never reached through', () => {
  test('a symbolic link', async () => {
    await mkdir(files('a'))
    await symlink('/etc/passwd', files('a/x'))
    expect(await fault({ files: [file('x', 'a/x')] })).toBe('Its file "x" cannot be used: it is a symbolic link.')
  })

  test('a link in place of its folder, or in the middle of its path', async () => {
    await mkdir(files('c'))
    await writeFile(files('c/x'), 'of c')
    await symlink('c', files('a'))
    expect(await fault({ files: [file('x', 'a/x')] })).toBe('Its file "x" cannot be used: a part of its path is a link or no directory.')
    await mkdir(files('d'))
    await symlink('../c', files('d/deep'))
    await records({ source_id: 'd', metadata: {}, files: [file('x', 'd/deep/x')] })
    expect((await read()).found).toMatchObject([{ status: 'invalid' }])
  })

  test('a hard link', async () => {
    await mkdir(files('a'))
    await writeFile(out('outside'), 'x')
    await link(out('outside'), files('a/x'))
    expect(await fault({ files: [file('x', 'a/x')] })).toBe('Its file "x" cannot be used: it is a hard link to another file.')
  })

  test('a FIFO', async () => {
    await mkdir(files('a'))
    execFileSync('mkfifo', [files('a/x')])
    expect(await fault({ files: [file('x', 'a/x')] })).toBe('Its file "x" cannot be used: it is not a regular file.')
  })

  test.runIf(process.getuid?.() === 0)('a device', async () => {
    await mkdir(files('a'))
    execFileSync('mknod', [files('a/x'), 'c', '1', '5'])
    expect(await fault({ files: [file('x', 'a/x')] })).toBe('Its file "x" cannot be used: it is not a regular file.')
  })
})

test('files may lie in folders below the folder of their record, and be empty', async () => {
  await mkdir(files('10.1%2Fx/maps'), { recursive: true })
  await writeFile(files('10.1%2Fx/maps/x.bin'), '')
  await records({ source_id: '10.1/x', metadata: {}, files: [file('x.bin', '10.1%2Fx/maps/x.bin')] })
  expect((await read()).found).toEqual([
    { status: 'present', sourceId: '10.1/x', metadata: {}, files: [{ name: 'x.bin', path: '10.1%2Fx/maps/x.bin', bytes: 0 }] },
  ])
})

test('the first of two lines with one source id counts, whatever the second says', async () => {
  await records({ source_id: 'a', metadata: {} }, { source_id: 'a', deleted: true }, { source_id: 'a', metadata: [] })
  expect((await read()).found.map(({ status }) => status)).toEqual(['present', 'repeated', 'repeated'])
})

test('an ingester is given its config and its session, each only when there is one', async () => {
  await prepareIngesterInput(join(dir.path, 'none'), { config: {} })
  expect(await readdir(join(dir.path, 'none'))).toEqual([])
  await prepareIngesterInput(join(dir.path, 'in'), { config: { a: 1 }, session: null })
  expect(await readFile(join(dir.path, 'in/config.json'), 'utf8')).toBe('{"a":1}')
  expect(await readFile(join(dir.path, 'in/session.json'), 'utf8')).toBe('null')
})
