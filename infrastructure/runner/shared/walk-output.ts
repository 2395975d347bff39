import { constants, type Stats } from 'node:fs'
import { lstat, open, readdir } from 'node:fs/promises'
import { codeOf } from './open-output.ts'

/** The result of looking at one entry in a program's tree. */
export type Found =
  | { readonly is: 'there'; readonly path: Buffer; readonly stats: Stats }
  /** The entry was listed but then gone: removed or renamed in between. */
  | { readonly is: 'gone' }
  /** A directory that cannot be read, or an entry that cannot be inspected. */
  | { readonly is: 'hidden' }
  /** A directory below the requested depth. */
  | { readonly is: 'deep' }

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants

/**
 * Walks everything below a directory that a program wrote into, without following links. All code must use it for such a tree. Names are bytes
 * here, because a program may choose names that are not UTF-8, and a decoded name would mean another file. A `path` is valid until the next
 * step. Yields nothing when the directory itself does not exist.
 */
export async function* walkOutput(dir: string, maxDepth: number): AsyncGenerator<Found, void> {
  const exists = await lstat(dir).then(
    () => true,
    (error) => goneOrHidden(error) !== 'gone',
  )
  if (exists) yield* walk(Buffer.from(dir), maxDepth)
}

async function* walk(dir: Buffer, maxDepth: number): AsyncGenerator<Found, void> {
  if (maxDepth < 0) return yield { is: 'deep' }
  // The handle stays open, so that a program cannot replace the directory with a link during the walk.
  const held = await open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW).catch(goneOrHidden)
  if (typeof held === 'string') return yield { is: held }
  try {
    const base = process.platform === 'linux' ? Buffer.from(`/proc/self/fd/${held.fd}`) : dir
    const names = await readdir(base, { encoding: 'buffer' }).catch(goneOrHidden)
    if (typeof names === 'string') return yield { is: names }
    for (const name of names) {
      const path = below(base, name)
      const stats = await lstat(path).catch(goneOrHidden)
      if (typeof stats === 'string') yield { is: stats }
      else {
        yield { is: 'there', path, stats }
        if (stats.isDirectory()) yield* walk(path, maxDepth - 1)
      }
    }
  } finally {
    await held.close()
  }
}

const slash = Buffer.from('/')

export function below(dir: Buffer, name: Buffer): Buffer {
  return Buffer.concat([dir, slash, name])
}

function goneOrHidden(error: unknown): 'gone' | 'hidden' {
  const code = codeOf(error)
  if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENOTDIR') return 'gone'
  if (code === 'EACCES' || code === 'EPERM' || code === 'ENAMETOOLONG' || code === 'EIO' || code === 'ESTALE') return 'hidden'
  throw error
}
