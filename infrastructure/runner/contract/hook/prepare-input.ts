import { hookFiles, startInputDigest, type InputRecord } from '@strata/domain/run'
import type { Digest, JsonObject } from '@strata/domain/shared'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'

export interface PreparedInput {
  readonly records: number
  /** Over what was written, so the whole batch has to be: an attempt with fewer records has another. */
  readonly digest: Digest
}

/** Writes what a hook reads, record by record. The directory is made; files of an earlier attempt are not looked for. */
export async function prepareInput(
  dir: string,
  records: Iterable<InputRecord> | AsyncIterable<InputRecord>,
  config: JsonObject,
): Promise<PreparedInput> {
  await mkdir(dir, { recursive: true, mode: 0o755 })
  if (Object.keys(config).length > 0) await writeFile(join(dir, hookFiles.config), JSON.stringify(config), { flag: 'wx', mode: 0o644 })
  const digest = startInputDigest(config)
  const file = createWriteStream(join(dir, hookFiles.records), { flags: 'wx', mode: 0o644 })
  let count = 0
  try {
    for await (const record of records) {
      const { id, metadata, sizeHintMb } = record
      digest.add(record)
      count += 1
      if (!file.write(`${JSON.stringify({ id, metadata, size_hint_mb: sizeHintMb })}\n`)) await once(file, 'drain')
    }
  } finally {
    file.end()
    await finished(file)
  }
  return { records: count, digest: digest.end() }
}
