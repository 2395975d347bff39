import { randomUUID } from 'node:crypto'
import type { Digest } from './digest.ts'

/** Content as a stream of chunks, never in memory as a whole. */
export type Bytes = AsyncIterable<Uint8Array>

/** Both ends are inclusive, as in HTTP. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * Port: stores content, on a file system or in S3. Permanent content is named by its digest; the layout is internal to the
 * storage.
 */
export interface Storage {
  readonly blobs: Blobs
  readonly staging: Staging
  readonly removals: RemovalLog
}

/**
 * The removals of records, by their ids. It is kept beside the content and not in the database, so that a restore of the database from an
 * older backup does not bring back what was removed.
 */
export interface RemovalLog {
  /** Durable when it returns. Done again, it changes nothing. */
  add(id: string, entry: string): Promise<void>
  ids(): AsyncIterable<string>
  read(id: string): Promise<string | undefined>
}

/** Permanent content, stored once per digest. */
export interface Blobs {
  /** Moves staged content to its digest. Idempotent; does nothing if the content exists. */
  commit(id: StagingId, digest: Digest): Promise<void>
  stat(digest: Digest): Promise<{ readonly size: number } | undefined>
  /** The content or a part of it; undefined when it does not exist. */
  open(digest: Digest, range?: ByteRange): Promise<Bytes | undefined>
  /** A short-lived address where a client can fetch the content; undefined if this storage has no such addresses. */
  link(digest: Digest, as: BlobHeaders): Promise<string | undefined>
  remove(digest: Digest): Promise<void>
}

/** Headers of the answer to a client's fetch. */
interface BlobHeaders {
  readonly mediaType: string
  readonly disposition: string
  /** Whether the client may cache it. */
  readonly mayBeKept: boolean
}

/** Content that is still arriving or not yet committed. */
export interface Staging {
  /** Stores a whole stream and hashes it on the way. If it fails or exceeds the limit, nothing stays. */
  put(bytes: Bytes, o: { readonly limit: number }): Promise<Staged>
  /** Appends to a resumable upload. Bytes that arrived before a failure stay; more than the limit is refused. */
  append(id: StagingId, bytes: Bytes, o: AppendOptions): Promise<{ readonly size: number }>
  /** How many bytes of an upload have arrived. */
  offset(id: StagingId): Promise<number>
  /** Ends a resumable upload and returns its digest and size, read from what is stored. Nothing can be appended afterwards. */
  seal(id: StagingId): Promise<Staged>
  discard(id: StagingId): Promise<void>
  /** Unfinished uploads that were last written to before then. */
  stale(before: Date): AsyncIterable<StagingId>
}

interface AppendOptions {
  /** Where the caller expects the upload to end; Conflict if it ends elsewhere. */
  readonly at: number
  /** The maximum size of the whole upload. */
  readonly limit: number
}

export interface Staged {
  readonly id: StagingId
  readonly digest: Digest
  readonly size: number
}

/** A UUID. Clients send it back in addresses, and it becomes part of a path. */
export type StagingId = string & { readonly [stagingId]: true }
declare const stagingId: unique symbol

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isStagingId(text: string): text is StagingId {
  return uuid.test(text)
}

export function newStagingId(): StagingId {
  return randomUUID() as string as StagingId
}
