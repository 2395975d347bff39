import type { Json, JsonObject } from '@strata/domain/shared'
import type { RecordFile, RecordFileInput } from './files/file.ts'
import type { RecordId } from './record.ts'
import type { RecordSource } from './record-source.ts'

export interface NewRecord {
  /** The one it had as a candidate; without it, it gets one. */
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
