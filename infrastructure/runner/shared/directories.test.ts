import { chmod, mkdir, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseHookName } from '@strata/domain/shared'
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts'
import { closeToProgram } from './directories.ts'

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
