import { constants, type Stats } from 'node:fs'
import { lstat, open, readdir } from 'node:fs/promises'
import { codeOf } from './open-output.ts'

/** What a look at one place in a hook's tree found. */
export type Found =
  | { readonly is: 'there'; readonly path: Buffer; readonly stats: Stats }
  /** Listed, and not there when it was looked at: removed or renamed in between. */
  | { readonly is: 'gone' }
  /** A directory that cannot be read, or an entry that cannot be looked at. */
  | { readonly is: 'hidden' }
  /** A directory below the depth that was asked for. */
  | { readonly is: 'deep' }

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants

/**
 * Everything below a directory that a hook wrote into, without following links. The only way to look through such a tree:
 * names are bytes here, because a hook may choose names that are not UTF-8, and decoding one names another file. A `path`
 * is good until the next step. Nothing when the directory itself is not there.
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
  // Held open, so that a hook cannot put a link in the directory's place while it is looked at.
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
