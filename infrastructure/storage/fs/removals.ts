import { constants } from 'node:fs'
import { opendir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { RemovalLog } from '@strata/domain/shared'
import { removalKey, removalOf, removalPrefix } from '../layout.ts'
import { makePlace, openPlain, syncPlace, unlessMissing } from './place.ts'

const { O_RDONLY, O_WRONLY, O_CREAT, O_TRUNC } = constants

export function fsRemovals(root: string): RemovalLog {
  const pathOf = (id: string) => join(root, removalKey(id))
  return {
    async add(id, entry) {
      const path = pathOf(id)
      await makePlace(root, path)
      await write(`${path}.new`, entry)
      await rename(`${path}.new`, path)
      await syncPlace(root, path)
    },

    async *ids() {
      const directory = await opendir(join(root, removalPrefix)).catch(unlessMissing)
      for await (const { name } of directory ?? []) {
        const id = removalOf(`${removalPrefix}${name}`)
        if (id !== undefined) yield id
      }
    },

    async read(id) {
      const handle = await openPlain(pathOf(id), O_RDONLY)
      await using _closed = handle
      return handle?.readFile('utf8')
    },
  }
}

async function write(path: string, text: string): Promise<void> {
  const handle = await openPlain(path, O_WRONLY | O_CREAT | O_TRUNC)
  await using _closed = handle
  if (handle === undefined) throw new Error(`${path} could not be opened`)
  await handle.writeFile(text)
  await handle.sync()
}
