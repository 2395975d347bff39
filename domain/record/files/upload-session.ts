import type { Digest, StagingId } from '@strata/domain/shared'
import type { UploadUsage } from './upload-quota.ts'

/** A resumable upload as declared at its start. Only the storage knows how many bytes have arrived. */
export interface UploadSession {
  readonly id: StagingId
  readonly size: number
  readonly mediaType?: string | undefined
  readonly expectedDigest?: Digest | undefined
  readonly createdBy: string
  /** Set when all bytes have arrived and are stored. */
  readonly digest?: Digest | undefined
}

/** An upload that only counts against the quota. It arrives in one request and cannot be resumed, so `find` never returns it. */
interface CountedUpload extends UploadSession {
  readonly isResumable: boolean
}

/** Port: the uploads under way. */
export interface UploadSessions {
  /** Runs `admit` with the caller's usage while no other upload of this caller can be admitted, then adds the upload. */
  add(upload: CountedUpload, admit: (usage: UploadUsage) => void): Promise<void>
  /** Under the same lock, adds as many bytes to an upload as `more` returns for the caller's usage. Returns that number. */
  grow(id: StagingId, actor: string, more: (usage: UploadUsage) => number): Promise<number>
  /** Finds a resumable upload. */
  find(id: StagingId): Promise<UploadSession | undefined>
  touch(id: StagingId): Promise<void>
  finish(id: StagingId, digest: Digest): Promise<void>
  remove(id: StagingId): Promise<void>
  removeStale(before: Date): Promise<void>
}
