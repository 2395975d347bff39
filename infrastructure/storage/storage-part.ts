import { constants } from 'node:fs'
import { access, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Digest, Storage, WatchedPart } from '@strata/domain/shared'
import type { Config } from '../environment/index.ts'

/** Whether the configured storage works. */
export function storagePart(config: Pick<Config, 'storage' | 'dataDir'>, storage: Pick<Storage, 'blobs'>): WatchedPart {
  const check = checkOf(config, storage)
  return { name: 'storage', check: () => check().then(() => undefined) }
}

function checkOf(config: Pick<Config, 'storage' | 'dataDir'>, { blobs }: Pick<Storage, 'blobs'>): () => Promise<void> {
  if (config.storage === 's3') {
    // No content has this digest. A store that answers so is reachable.
    return async () => void (await blobs.stat(`sha256:${'0'.repeat(64)}` as Digest))
  }
  const root = join(config.dataDir, 'files')
  return async () => {
    await mkdir(root, { recursive: true, mode: 0o700 })
    await access(root, constants.R_OK | constants.W_OK | constants.X_OK)
  }
}
