import { link, mkdir, open, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts'
import { outputExcess } from './watch-output.ts'

test('what a hook wrote is counted through its directories, and not through its links', async () => {
  await using dir = await temporaryDirectory()
  await mkdir(join(dir.path, 'out/deep'), { recursive: true })
  await writeFile(join(dir.path, 'large'), Buffer.alloc(100_000))
  const out = join(dir.path, 'out')
  await symlink('../large', join(out, 'link'))
  await symlink('..', join(out, 'up'))
  expect(await outputExcess(out, 50_000)).toBeUndefined()
  await writeFile(join(out, 'deep/x'), Buffer.alloc(60_000))
  expect(await outputExcess(out, 50_000)).toBe('The hook wrote more than 50000 bytes.')
  expect(await outputExcess(out, 70_000)).toBeUndefined()
})

test('a file counts as what it says it is, holes and all', async () => {
  await using dir = await temporaryDirectory()
  const file = await open(join(dir.path, 'sparse'), 'w')
  await file.truncate(2 ** 40)
  await file.close()
  expect(await outputExcess(dir.path, 1_000_000)).toContain('more than 1000000 bytes')
})

test('files and directories without end are too many', async () => {
  await using dir = await temporaryDirectory()
  await writeFile(join(dir.path, '0'), '')
  for (let i = 1; i <= 1000; i += 1) await link(join(dir.path, '0'), join(dir.path, String(i)))
  expect(await outputExcess(dir.path, 1_000)).toBe('The hook wrote more than 1000 files.')
  await using other = await temporaryDirectory()
  await mkdir(join(other.path, 'a/'.repeat(10)), { recursive: true })
  expect(await outputExcess(other.path, 1_000)).toBe('The hook wrote directories nested deeper than 8.')
})

test('what is gone takes no room', async () => {
  expect(await outputExcess('/nowhere/at/all', 1)).toBeUndefined()
})
