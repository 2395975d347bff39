import { canonicalJson, type Json, type Slug } from '@strata/domain/shared'
import type { Schema } from './schema.ts'

/** Uses that make a schema version immutable. */
export interface SchemaUsage {
  /** Whether a record, a candidate, a citation or a draft was checked against it. */
  readonly isUsed: boolean
  /** The conventions that have it or have ever had it. */
  readonly conventions: readonly Slug[]
}

/** An unused version may have been redeployed with other fields since it was read. */
export function isSameSchema(a: Schema, b: Schema): boolean {
  return canonicalJson(a as unknown as Json) === canonicalJson(b as unknown as Json)
}
