import type { Digest } from '@strata/domain/shared'

/** Stored content. */
export interface StoredFile {
  readonly digest: Digest
  readonly size: number
  /** For published content, the media type of its first publication; otherwise what the uploader declared. Undefined when neither exists. */
  readonly mediaType?: string
}

/** A file of a record: stored content under a name. */
export interface RecordFile extends StoredFile {
  readonly name: string
}

/** A record's file as the caller declares it, to be checked against stored files. */
export interface RecordFileInput {
  readonly name: string
  readonly digest: Digest
  readonly size: bigint
}
