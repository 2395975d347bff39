import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readFileSync, readSync, realpathSync } from 'node:fs'
import { join, sep } from 'node:path'
import { Readable } from 'node:stream'

/** The files of one record, as its hook sees them. */
export interface RecordFiles {
  list(): { name: string; bytes: number }[]
  text(name: string): string
  bytes(name: string): Uint8Array
  stream(name: string): Readable
}

export function recordFiles(filesDir: string, id: string): RecordFiles {
  const dir = join(filesDir, id)
  const safe = id !== '' && id !== '.' && id !== '..' && !id.includes('/') && !id.includes('\0')
  const open = (name: string): number => {
    if (!safe || typeof name !== 'string' || !isInside(dir, name)) throw new Error(`this record has no file ${JSON.stringify(`${name}`.slice(0, 200))}`)
    return openSync(join(dir, name), constants.O_RDONLY | constants.O_NOFOLLOW)
  }
  const read = (name: string): Buffer => {
    const fd = open(name)
    try {
      return readFileSync(fd)
    } finally {
      closeSync(fd)
    }
  }
  return Object.freeze({
    list: () => (safe ? list(dir, '') : []),
    text: (name: string) => new TextDecoder('utf-8', { fatal: true }).decode(read(name)),
    bytes: (name: string) => new Uint8Array(read(name)),
    // Not a stream of node:fs: its class would open any file by its path.
    stream: (name: string) => Readable.from(chunks(open(name)), { objectMode: false }),
  })
}

function* chunks(fd: number): Generator<Buffer> {
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(256 * 1024)
      const length = readSync(fd, chunk, 0, chunk.length, null)
      if (length === 0) return
      yield chunk.subarray(0, length)
    }
  } finally {
    closeSync(fd)
  }
}

function list(dir: string, below: string): { name: string; bytes: number }[] {
  const found = entries(join(dir, below)).flatMap((entry) => {
    const name = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) return list(dir, name)
    return entry.isFile() ? [{ name, bytes: lstatSync(join(dir, name)).size }] : []
  })
  return found.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** A record without files has no directory. */
function entries(dir: string) {
  try {
    return readdirSync(dir, { withFileTypes: true })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** By where the name leads, links included; another record's files are as readable to this process as this one's. */
function isInside(dir: string, name: string): boolean {
  if (name.split('/').some((part) => part === '' || part === '.' || part === '..')) return false
  try {
    const real = realpathSync(join(dir, name))
    const fd = openSync(real, constants.O_RDONLY | constants.O_NOFOLLOW)
    try {
      return real.startsWith(realpathSync(dir) + sep) && fstatSync(fd).isFile()
    } finally {
      closeSync(fd)
    }
  } catch {
    return false
  }
}
