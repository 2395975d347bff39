import { chmod, mkdir, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunJob } from '@strata/domain/run'
import { parseHookName } from '@strata/domain/shared'
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts'
import { closeToProgram, openToProgram } from './directories.ts'

test('a hook’s files lose setuid, setgid and world-write bits', async () => {
  await using dir = await temporaryDirectory()
  const out = join(dir.path, 'out')
  await mkdir(join(out, 'below'), { recursive: true })
  const odd = Buffer.concat([Buffer.from(`${out}/below/x`), Buffer.from([0xff])])
  for (const path of [join(out, 'tool'), odd]) {
    await writeFile(path, 'x')
    await chmod(path, 0o6777)
  }
  await chmod(join(out, 'below'), 0o7777)
  await writeFile(join(dir.path, 'outside'), 'x')
  await chmod(join(dir.path, 'outside'), 0o4777)
  await symlink('../outside', join(out, 'link'))
  await closeToProgram({
    program: { kind: 'hook', name: parseHookName('writes') },
    inputDir: '/nowhere',
    filesDir: '/nowhere',
    outputDir: out,
  })
  const modeOf = async (path: string | Buffer) => (await stat(path)).mode & 0o7777
  expect(await modeOf(join(out, 'tool'))).toBe(0o775)
  expect(await modeOf(odd)).toBe(0o775)
  expect(await modeOf(join(out, 'below'))).toBe(0o1775)
  expect(await modeOf(join(dir.path, 'outside'))).toBe(0o4777)
  expect(await modeOf(out)).toBe(0o700)
})

test('a program’s user may read its input, and write only what the contract of its kind says', async () => {
  await using dir = await temporaryDirectory()
  const at = (name: string) => join(dir.path, name)
  for (const name of ['in', 'files', 'out']) await mkdir(at(name), { mode: 0o700 })
  for (const name of ['in/records.jsonl', 'in/session.json', 'in/other']) await writeFile(at(name), '', { mode: 0o600 })
  const modes = async () => {
    const names = ['in', 'files', 'out', 'in/records.jsonl', 'in/session.json', 'in/other']
    return Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await stat(at(name))).mode & 0o777] as const)))
  }
  const job = (kind: 'hook' | 'ingester') =>
    ({ program: { kind, name: parseHookName('any_name') }, inputDir: at('in'), filesDir: at('files'), outputDir: at('out') }) as RunJob
  const other = { 'in/other': 0o600, in: 0o755 }

  await openToProgram(job('hook'), { sameUsers: false })
  expect(await modes()).toEqual({ ...other, files: 0o755, out: 0o777, 'in/records.jsonl': 0o644, 'in/session.json': 0o600 })
  await closeToProgram(job('hook'))
  expect(await modes()).toMatchObject({ files: 0o755, out: 0o700 })
  await openToProgram(job('ingester'), { sameUsers: false })
  expect(await modes()).toEqual({ ...other, files: 0o777, out: 0o777, 'in/records.jsonl': 0o644, 'in/session.json': 0o644 })
  await closeToProgram(job('ingester'))
  expect(await modes()).toMatchObject({ files: 0o700, out: 0o700 })
})
