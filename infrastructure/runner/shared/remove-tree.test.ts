import { chmodSync, mkdirSync, renameSync } from 'node:fs'
import { access, chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts'
import { removeTree } from './remove-tree.ts'

/** Built from the bottom up, as a hook that changes its directory step by step would, so no path is ever long. */
function makeDeep(at: string, levels: number): void {
  const name = 'd'.repeat(100)
  mkdirSync(`${at}-0`)
  for (let i = 1; i <= levels; i += 1) {
    mkdirSync(`${at}-${i}`)
    renameSync(`${at}-${i - 1}`, `${at}-${i}/${name}`)
  }
  renameSync(`${at}-${levels}`, at)
}

test('removes a tree of 5,000 levels, whose paths exceed the system’s limit', { timeout: 60_000 }, async () => {
  await using dir = await temporaryDirectory()
  const tree = join(dir.path, 'run')
  mkdirSync(tree)
  makeDeep(join(tree, 'deep'), 5_000)
  await expect(rm(tree, { recursive: true })).rejects.toThrow(/ENAMETOOLONG|EINVAL|Maximum call stack|Filename too long/i)
  await removeTree(tree)
  await expect(access(tree)).rejects.toThrow('ENOENT')
})

test('removes names that are not UTF-8, links and unreadable entries, and leaves the targets of links', async () => {
  await using dir = await temporaryDirectory()
  const tree = join(dir.path, 'run')
  const odd = Buffer.concat([Buffer.from(`${tree}/a/odd`), Buffer.from([0xff])])
  await mkdir(join(tree, 'a/shut/b'), { recursive: true })
  await mkdir(join(dir.path, 'outside'))
  await writeFile(join(dir.path, 'outside/kept'), 'kept')
  await mkdir(odd)
  await writeFile(Buffer.concat([odd, Buffer.from([0x2f, 0xfe])]), 'x')
  await symlink('../../outside', join(tree, 'a/link'))
  await symlink(join(dir.path, 'outside'), join(tree, 'link'))
  await chmod(join(tree, 'a/shut'), 0)
  await removeTree(tree)
  await expect(access(tree)).rejects.toThrow('ENOENT')
  expect(await readFile(join(dir.path, 'outside/kept'), 'utf8')).toBe('kept')
})

test('a link in place of the tree is removed as a link', async () => {
  await using dir = await temporaryDirectory()
  await mkdir(join(dir.path, 'outside'))
  await symlink('outside', join(dir.path, 'run'))
  await removeTree(join(dir.path, 'run'))
  await access(join(dir.path, 'outside'))
})

test('removing a missing tree succeeds', async () => {
  await using dir = await temporaryDirectory()
  await removeTree(join(dir.path, 'none'))
})

test.skipIf(process.getuid?.() === 0)('a file in a directory without write permission is an error, not a success', async () => {
  await using dir = await temporaryDirectory()
  await mkdir(join(dir.path, 'shut/run'), { recursive: true })
  chmodSync(join(dir.path, 'shut'), 0o500)
  await expect(removeTree(join(dir.path, 'shut/run'))).rejects.toThrow('EACCES')
  chmodSync(join(dir.path, 'shut'), 0o700)
})
