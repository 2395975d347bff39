import { constants } from 'node:fs'
import { lstat, mkdir, open, type FileHandle } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'

/** Opens a plain file, never what a link leads to; undefined when there is none. */
export async function openPlain(path: string, flags: number): Promise<FileHandle | undefined> {
  const handle = await open(path, flags | constants.O_NOFOLLOW, 0o600).catch(unlessMissing)
  if (handle === undefined || (await handle.stat()).isFile()) return handle
  await handle.close()
  throw Object.assign(new Error(`${path} is no plain file`), { code: 'NO_PLAIN_FILE' })
}

/** Makes the directories of `path` below `root` and sees to it that none of them is a link to elsewhere. */
export async function makePlace(root: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  for (const directory of directoriesBetween(root, path)) {
    if (!(await lstat(directory)).isDirectory()) throw new Error(`${directory} is no directory`)
  }
}

/** Names survive a power cut only once their directories are on the disk. */
export async function syncPlace(root: string, path: string): Promise<void> {
  for (const directory of [root, ...directoriesBetween(root, path)].toReversed()) {
    const handle = await open(directory, constants.O_RDONLY)
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  }
}

/** For look-ups: what is not there is an answer, anything else a fault. */
export function unlessMissing(fault: unknown): undefined {
  if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return undefined
  throw fault
}

function directoriesBetween(root: string, path: string): string[] {
  const names = relative(root, dirname(path)).split(sep)
  return names.map((_, i) => join(root, ...names.slice(0, i + 1)))
}
