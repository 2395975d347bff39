import { canonicalJson, type Json, type Slug } from '@strata/domain/shared'
import type { Schema } from './schema.ts'

/** What keeps a schema version as it is. */
export interface SchemaUsage {
  /** Whether a record, a candidate, a citation or a draft was checked against it. */
  readonly isUsed: boolean
  /** The conventions that have it, or ever had. */
  readonly conventions: readonly Slug[]
}

/** A version that no record has used may have been redeployed with other fields meanwhile. */
export function isSameSchema(a: Schema, b: Schema): boolean {
  return canonicalJson(a as unknown as Json) === canonicalJson(b as unknown as Json)
}
