import type { Json, JsonObject } from '@strata/domain/shared'
import type { RecordFile, RecordFileInput } from './files/file.ts'
import type { RecordId } from './record.ts'
import type { RecordSource } from './record-source.ts'

export interface NewRecord {
  /** The candidate's id; without it, the record gets a new one. */
  readonly id?: RecordId
  readonly source: RecordSource
  readonly metadata: JsonObject
  readonly files: readonly RecordFile[]
  /** Refused unless this is the newest version. */
  readonly expectedVersion?: number
  readonly note?: string
}

export interface RecordInput {
  readonly sourceId: string
  readonly metadata: Json
  readonly files?: readonly RecordFileInput[] | null | undefined
  /** The version that this is a revision of: refused when another is the newest. */
  readonly expectedVersion?: number | null | undefined
  /** What changed, in a sentence. */
  readonly note?: string | null | undefined
}
