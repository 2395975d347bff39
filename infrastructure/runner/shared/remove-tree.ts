import { randomUUID } from 'node:crypto'
import { chmod, lstat, readdir, rename, rmdir, unlink } from 'node:fs/promises'
import { codeOf } from './open-output.ts'
import { below } from './walk-output.ts'

/** If a directory is still not empty after this many passes, a process is still writing into it. */
const maxPasses = 100

/**
 * Removes everything that a program may have written, with any names and at any depth. A path to the bottom of a deep tree exceeds the system's
 * limit (ENAMETOOLONG). So each directory is first moved up to the top and emptied there. No path is more than two steps below `root`, and a
 * program can have chosen or replaced only the last step.
 */
export async function removeTree(root: string): Promise<void> {
  const top = Buffer.from(root)
  if (!(await isDirectory(top))) return ignoring('ENOENT', unlink(top))
  await emptied(top, async () => {
    const waiting: Buffer[] = []
    for (const name of await namesIn(top)) {
      const path = below(top, name)
      if (await isDirectory(path)) waiting.push(path)
      else await ignoring('ENOENT', unlink(path))
    }
    for (let dir = waiting.pop(); dir !== undefined; dir = waiting.pop()) await removeFlat(dir, top, waiting)
  })
}

async function removeFlat(dir: Buffer, top: Buffer, waiting: Buffer[]): Promise<void> {
  await emptied(dir, async () => {
    for (const name of await namesIn(dir)) await take(below(dir, name), top, waiting)
  })
}

/** Removes a file or an empty directory. Moves any other directory to the top, where it waits. */
async function take(path: Buffer, top: Buffer, waiting: Buffer[]): Promise<void> {
  if (!(await isDirectory(path))) return ignoring('ENOENT', unlink(path))
  if (await isRemoved(path)) return
  const lifted = below(top, Buffer.from(`.${randomUUID()}`))
  // Moving a directory changes it, and the program may have removed the permission for that.
  await rename(path, lifted).catch(async (error: unknown) => {
    if (codeOf(error) !== 'EACCES') throw error
    await chmod(path, 0o700)
    await rename(path, lifted)
  })
  waiting.push(lifted)
}

/** Repeats `pass` until the directory can be removed. */
async function emptied(dir: Buffer, pass: () => Promise<void>): Promise<void> {
  for (let passes = 1; ; passes += 1) {
    await pass()
    if (await isRemoved(dir)) return
    if (passes >= maxPasses) throw new Error(`${dir.toString()} does not get empty: something still writes into it`)
  }
}

async function isRemoved(dir: Buffer): Promise<boolean> {
  try {
    await rmdir(dir)
    return true
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') return true
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false
    throw error
  }
}

async function namesIn(dir: Buffer): Promise<readonly Buffer[]> {
  try {
    return await readdir(dir, { encoding: 'buffer' })
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    if (codeOf(error) !== 'EACCES') throw error
    await chmod(dir, 0o700)
    return readdir(dir, { encoding: 'buffer' })
  }
}

async function isDirectory(path: Buffer): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw error
  }
}

async function ignoring(code: string, work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    if (codeOf(error) !== code) throw error
  })
}
