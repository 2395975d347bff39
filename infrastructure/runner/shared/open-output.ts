import { constants } from 'node:fs'
import { lstat, open, realpath, type FileHandle } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { InvalidOutput } from './invalid-output.ts'

/** A directory that a program wrote into, held open so that its name cannot come to mean another. */
export interface OutputDirectory {
  /** The plain file of this name; undefined when there is none. Whatever else has the name is refused. */
  open(name: string): Promise<OpenFile | undefined>
  /** The plain file at a path below. No part of the path may be a link. */
  openBelow(path: readonly string[]): Promise<OpenFile | undefined>
  close(): Promise<void>
}

interface OpenFile {
  readonly handle: FileHandle
  readonly bytes: number
}

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK, O_DIRECTORY } = constants

export async function openOutput(dir: string): Promise<OutputDirectory> {
  if ((await realpath(dir)) !== resolve(dir)) throw new InvalidOutput(dir, undefined, 'the output directory is reached through a link')
  const directory = await open(dir, O_RDONLY | O_NOFOLLOW | O_DIRECTORY)
  const base = await openedAs(directory, dir)
  return {
    open: (name) => openFile(join(base, name), name),
    openBelow: (path) => openBelow(base, path, path.join('/')),
    close: () => directory.close(),
  }
}

/** Linux names an open directory below /proc, which makes every open relative to it. Elsewhere its path has to do. */
async function openedAs(directory: FileHandle, dir: string): Promise<string> {
  const path = `/proc/self/fd/${directory.fd}`
  const [through, held] = await Promise.all([realpath(path).catch(() => undefined), realpath(dir)])
  return through === held ? path : dir
}

async function openBelow(base: string, [first = '', ...rest]: readonly string[], name: string): Promise<OpenFile | undefined> {
  const path = join(base, first)
  if (rest.length === 0) return openFile(path, name)
  const directory = await openDirectory(path, name)
  if (directory === undefined) return undefined
  try {
    return await openBelow(await openedAs(directory, path), rest, name)
  } finally {
    await directory.close()
  }
}

async function openDirectory(path: string, name: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, O_RDONLY | O_NOFOLLOW | O_DIRECTORY)
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') return undefined
    if (code === 'ENOTDIR' || code === 'ELOOP') throw new InvalidOutput(name, undefined, 'a part of its path is a link or no directory')
    if (code === 'EACCES' || code === 'ENAMETOOLONG') throw new InvalidOutput(name, undefined, 'it cannot be read')
    throw error
  }
}

async function openFile(path: string, name: string): Promise<OpenFile | undefined> {
  const handle = await openPlain(path, name)
  if (handle === undefined) return undefined
  const found = await handle.stat()
  const fault = found.isFile() ? (found.nlink > 1 ? 'it is a hard link to another file' : undefined) : 'it is not a regular file'
  if (fault === undefined) return { handle, bytes: found.size }
  await handle.close()
  throw new InvalidOutput(name, undefined, fault)
}

/** Without O_NONBLOCK, opening a FIFO would wait for its writer for ever. */
async function openPlain(path: string, name: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') return undefined
    if (code === 'ELOOP' || code === 'EMLINK') throw new InvalidOutput(name, undefined, 'it is a symbolic link')
    if (code === 'ENAMETOOLONG') throw new InvalidOutput(name, undefined, 'its name is too long')
    // A socket, a device without a driver, or a file that its writer made unreadable.
    if (code === 'ENXIO' || code === 'ENODEV' || code === 'EACCES' || code === 'EOPNOTSUPP') {
      const found = await lstat(path)
      throw new InvalidOutput(name, undefined, found.isFile() ? 'it cannot be read' : 'it is not a regular file')
    }
    throw error
  }
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
