import type { SchemaRef } from '@strata/domain/convention'
import type { Digest, JsonObject } from '@strata/domain/shared'
import type { RecordId, RecordName } from '../record.ts'
import type { Withdrawal } from './withdrawal.ts'

/** What a record says: two versions with equal content are the same. */
export interface RecordContent {
  readonly schema: SchemaRef
  readonly metadata: JsonObject
  readonly files: readonly ContentFile[]
}

interface ContentFile {
  readonly name: string
  readonly digest: Digest
}

/** The newest version that a record has, and whether the record is withdrawn. */
export interface NewestVersion extends RecordName, RecordContent {
  readonly id: RecordId
  readonly withdrawn?: Withdrawal
}
