import type { Digest, StagingId } from '@strata/domain/shared'
import type { UploadUsage } from './upload-quota.ts'

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

/** An upload that is counted. Over one connection it cannot be resumed, so nobody finds it again. */
export interface CountedUpload extends UploadSession {
  readonly isResumable: boolean
}

/** Port: the uploads under way. */
export interface UploadSessions {
  /** Runs `admit` with what the caller uses, while no other upload of this caller is admitted; then adds the upload. */
  add(upload: CountedUpload, admit: (usage: UploadUsage) => void): Promise<void>
  /** Adds as many bytes to an upload as `more` says of what the caller uses, in the same way; answers how many. */
  grow(id: StagingId, actor: string, more: (usage: UploadUsage) => number): Promise<number>
  /** A resumable one. */
  find(id: StagingId): Promise<UploadSession | undefined>
  touch(id: StagingId): Promise<void>
  finish(id: StagingId, digest: Digest): Promise<void>
  remove(id: StagingId): Promise<void>
  removeStale(before: Date): Promise<void>
}
