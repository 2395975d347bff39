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
}

export interface RecordInput {
  readonly sourceId: string
  readonly metadata: Json
  readonly files?: readonly RecordFileInput[] | null | undefined
}
