import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { InputRecord } from '@strata/domain/run'
import type { Blobs } from '@strata/domain/shared'

/** Passes records on, each once its files lie below `<dir>/<id>/`, where its hook looks for them. */
export async function* layFiles(dir: string, records: AsyncIterable<InputRecord>, blobs: Pick<Blobs, 'open'>): AsyncGenerator<InputRecord> {
  for await (const record of records) {
    const { id, files = [] } = record
    if (files.length > 0) await mkdir(join(dir, id), { mode: 0o755 })
    for (const { name, digest } of files) {
      const content = await blobs.open(digest)
      if (content === undefined) throw new Error(`the file ${digest} of the record ${id} is not in the storage`)
      // Names have no slashes: they were checked when the file was given to the record.
      await pipeline(content, createWriteStream(join(dir, id, name), { flags: 'wx', mode: 0o644 }))
    }
    yield record
  }
}
