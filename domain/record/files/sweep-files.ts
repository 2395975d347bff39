import type { Storage } from '@strata/domain/shared'
import type { FileLedger } from './file-ledger.ts'
import type { UploadSessions } from './upload-session.ts'

export interface SweepPorts {
  readonly storage: Storage
  readonly ledger: FileLedger
  readonly sessions: UploadSessions
}

export interface Sweep {
  /** Removes content that has not been touched since then. */
  readonly before: Date
  readonly limit: number
}

export interface Swept {
  readonly files: number
  readonly uploads: number
}

/**
 * Removes content that nothing refers to. Each file is first marked as not stored and then removed, so a concurrent transaction
 * that publishes it either holds the file or asks its caller to upload it again.
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
