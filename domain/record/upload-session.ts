import type { Digest, StagingId } from '@strata/domain/shared'

/** A resumable upload: what its caller said when it began. How much arrived is known to the storage alone. */
export interface UploadSession {
  readonly id: StagingId
  readonly size: number
  readonly mediaType?: string | undefined
  readonly expectedDigest?: Digest | undefined
  readonly createdBy: string
  /** Set when everything arrived and was kept. */
  readonly digest?: Digest | undefined
}

/** Port: the resumable uploads under way. */
export interface UploadSessions {
  add(session: UploadSession): Promise<void>
  find(id: StagingId): Promise<UploadSession | undefined>
  touch(id: StagingId): Promise<void>
  finish(id: StagingId, digest: Digest): Promise<void>
  remove(id: StagingId): Promise<void>
  removeStale(before: Date): Promise<void>
}
