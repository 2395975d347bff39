import type { Storage } from '@strata/domain/shared'
import type { FileLedger } from './file-ledger.ts'
import type { UploadSessions } from './upload-session.ts'

export interface SweepPorts {
  readonly storage: Storage
  readonly ledger: FileLedger
  readonly sessions: UploadSessions
}

export interface Sweep {
  /** Content that was not touched since then is removed. */
  readonly before: Date
  readonly limit: number
}

export interface Swept {
  readonly files: number
  readonly uploads: number
}

/**
 * Removes content that nothing refers to. A file loses its standing first and its content after, so that a transaction that
 * publishes in that moment either holds the file or is told to upload it again.
 */
export async function sweepFiles({ storage, ledger, sessions }: SweepPorts, { before, limit }: Sweep): Promise<Swept> {
  await ledger.releaseHoldings(before)
  await ledger.forgetUnreferenced(before, limit)
  let files = 0
  for (const digest of await ledger.abandoned(before, limit)) {
    if (await ledger.strikeOff(digest, before, () => storage.blobs.remove(digest))) files += 1
  }
  return { files, uploads: await sweepUploads({ storage, sessions }, { before, limit }) }
}

async function sweepUploads({ storage, sessions }: Pick<SweepPorts, 'storage' | 'sessions'>, { before, limit }: Sweep): Promise<number> {
  let uploads = 0
  for await (const id of storage.staging.stale(before)) {
    await storage.staging.discard(id)
    uploads += 1
    if (uploads === limit) break
  }
  await sessions.removeStale(before)
  return uploads
}
