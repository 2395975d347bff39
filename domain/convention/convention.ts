import type { HookName, Slug } from '@strata/domain/shared'
import type { SchemaRef } from './schema.ts'

/** What an archive accepts and computes. Mutable, addressed by slug; deploying it again is a declarative upsert. */
export interface Convention {
  readonly slug: Slug
  readonly title: string
  readonly description: string
  /** Under which terms its data may be used: an SPDX licence expression or an address. Without one, the terms are not stated. */
  readonly license?: string
  readonly schema: SchemaRef
  readonly files: FileRequirements
  /** Whether what people submit waits for a curator before it is published. */
  readonly review: boolean
  readonly docs?: ConventionDocs
  /** In the order of the manifest. */
  readonly hooks: readonly HookName[]
  readonly createdAt: Date
  readonly updatedAt: Date
}

export interface FileRequirements {
  /** Media types or file endings; none means any. */
  readonly acceptedTypes: readonly string[]
  readonly minCount: number
  readonly maxCount?: number
  /** Bytes, as text: it may exceed what a JSON number carries. */
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
