import { constants } from 'node:fs'
import { lstat, mkdir, open, type FileHandle } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'

/** Opens a regular file without following links; undefined when it does not exist. */
export async function openPlain(path: string, flags: number): Promise<FileHandle | undefined> {
  const handle = await open(path, flags | constants.O_NOFOLLOW, 0o600).catch(unlessMissing)
  if (handle === undefined || (await handle.stat()).isFile()) return handle
  await handle.close()
  throw Object.assign(new Error(`${path} is not a regular file`), { code: 'NO_PLAIN_FILE' })
}

/** Creates the directories of `path` below `root` and refuses links among them. */
export async function makePlace(root: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  for (const directory of directoriesBetween(root, path)) {
    if (!(await lstat(directory)).isDirectory()) throw new Error(`${directory} is not a directory`)
  }
}

/** A name survives a power failure only after its directory was synced. */
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

/** For look-ups: a missing file is a valid answer; any other error is thrown. */
export function unlessMissing(fault: unknown): undefined {
  if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return undefined
  throw fault
}

function directoriesBetween(root: string, path: string): string[] {
  const names = relative(root, dirname(path)).split(sep)
  return names.map((_, i) => join(root, ...names.slice(0, i + 1)))
}
