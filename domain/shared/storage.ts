import { randomUUID } from 'node:crypto'
import type { Digest } from './digest.ts'

/** Content as a stream of pieces. It is never in memory as a whole. */
export type Bytes = AsyncIterable<Uint8Array>

/** Both ends are inside the range, as in HTTP. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * Port: where content is kept, on a filesystem or in S3. What is kept for good is named by its digest; how places are
 * named inside is the storage's own business.
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

/** Content kept for good, once under its digest. */
export interface Blobs {
  /** Moves staged content to its digest. Done again, or for content that is there already, it changes nothing. */
  commit(id: StagingId, digest: Digest): Promise<void>
  stat(digest: Digest): Promise<{ readonly size: number } | undefined>
  /** The content or a part of it; undefined when it is not there. */
  open(digest: Digest, range?: ByteRange): Promise<Bytes | undefined>
  /** Where a client may fetch the content by itself for a short while; undefined when this storage gives no such address. */
  link(digest: Digest, as: BlobHeaders): Promise<string | undefined>
  remove(digest: Digest): Promise<void>
}

/** What the answer to a client's fetch shall say of the content. */
interface BlobHeaders {
  readonly mediaType: string
  readonly disposition: string
  /** Whether the client may keep a copy. */
  readonly mayBeKept: boolean
}

/** Content that is still coming in, or whose fate is not decided. */
export interface Staging {
  /** Takes a whole stream, hashing as it goes. When it fails or grows past the limit, nothing of it stays. */
  put(bytes: Bytes, o: { readonly limit: number }): Promise<Staged>
  /** Adds to a resumable upload. What arrived before a failure stays; more than the limit is refused. */
  append(id: StagingId, bytes: Bytes, o: AppendOptions): Promise<{ readonly size: number }>
  /** How much of an upload arrived: 0 when nothing did. */
  offset(id: StagingId): Promise<number>
  /** Ends a resumable upload and says what it is, by what was stored. Nothing can be added after. */
  seal(id: StagingId): Promise<Staged>
  discard(id: StagingId): Promise<void>
  /** Unfinished uploads that were last written to before then. */
  stale(before: Date): AsyncIterable<StagingId>
}

interface AppendOptions {
  /** Where the caller believes the upload ends; a Conflict when it ends elsewhere. */
  readonly at: number
  /** The most bytes the whole upload may have. */
  readonly limit: number
}

export interface Staged {
  readonly id: StagingId
  readonly digest: Digest
  readonly size: number
}

/** A UUID: it comes back from clients in addresses and becomes part of a path. */
export type StagingId = string & { readonly [stagingId]: true }
declare const stagingId: unique symbol

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isStagingId(text: string): text is StagingId {
  return uuid.test(text)
}

export function newStagingId(): StagingId {
  return randomUUID() as string as StagingId
}
