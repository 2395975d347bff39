import { constants } from 'node:fs'
import { lstat, open, readdir, type FileHandle } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { codeOf } from '../shared/open-output.ts'
import { maxReadBytes } from './host/frame-kinds.ts'

/** The files that the worker prepared for one record, read on behalf of its hook. */
export interface RecordFiles {
  list(): Promise<readonly { readonly name: string; readonly bytes: number }[]>
  /** Part of a file from `offset` on, empty at the end of the file; undefined when the record has no file of that name. */
  read(name: string, offset: number): Promise<Buffer | undefined>
  close(): Promise<void>
}

export function filesOfRecord(filesDir: string, id: string): RecordFiles {
  const dir = join(filesDir, id)
  const hasPlace = id !== '' && id !== '.' && id !== '..' && !/[/\0]/.test(id)
  let listed: Promise<ReadonlyMap<string, number>> | undefined
  let held: { readonly name: string; readonly handle: FileHandle } | undefined

  const all = () => (listed ??= hasPlace ? listFiles(dir) : Promise.resolve(new Map()))
  return {
    list: async () => [...(await all())].map(([name, bytes]) => ({ name, bytes })),
    async read(name, offset) {
      // A name is looked up in the list and never resolved as a path, so it cannot lead elsewhere.
      const bytes = (await all()).get(name)
      if (bytes === undefined) return undefined
      if (held?.name !== name) {
        await held?.handle.close()
        held = undefined
        held = { name, handle: await open(join(dir, name), constants.O_RDONLY | constants.O_NOFOLLOW) }
      }
      const length = Math.max(0, Math.min(maxReadBytes, bytes - offset))
      const { buffer, bytesRead } = await held.handle.read(Buffer.allocUnsafe(length), 0, length, offset)
      return buffer.subarray(0, bytesRead)
    },
    close: async () => held?.handle.close(),
  }
}

/** Only regular files, sorted by name. A record without files has no directory. */
async function listFiles(dir: string): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>()
  try {
    for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const path = join(entry.parentPath, entry.name)
      found.set(relative(dir, path), (await lstat(path)).size)
    }
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}
