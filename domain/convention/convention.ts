import type { HookName, Slug } from '@strata/domain/shared'
import type { SchemaRef } from './schema.ts'

/** What an archive accepts and computes. Mutable, addressed by slug; a deploy is a declarative upsert. */
export interface Convention {
  readonly slug: Slug
  readonly title: string
  readonly description: string
  /** The terms of use of its data: an SPDX licence expression or an address. Undefined: not stated. */
  readonly license?: string
  readonly schema: SchemaRef
  readonly files: FileRequirements
  /** Whether a curator must approve submissions before they are published. */
  readonly review: boolean
  readonly docs?: ConventionDocs
  /** In the order of the manifest. */
  readonly hooks: readonly HookName[]
  readonly createdAt: Date
  readonly updatedAt: Date
}

export interface FileRequirements {
  /** Media types or file extensions; an empty list accepts all. */
  readonly acceptedTypes: readonly string[]
  readonly minCount: number
  readonly maxCount?: number
  /** Bytes, as text: it may exceed the range of a JSON number. */
  readonly maxFileSize?: string
}

export interface ConventionDocs {
  readonly purpose: string
  readonly examples: readonly ConventionExample[]
  readonly whenNotToUse?: string
}

interface ConventionExample {
  readonly question: string
  readonly query: string
  readonly interpretation: string
}
