import type { Slug } from '@strata/domain/shared'
import type { Convention } from './convention.ts'
import type { Manifest } from './manifest.ts'
import type { SchemaRef } from './schema.ts'
import type { SchemaUsage } from './schema-usage.ts'

export interface ConventionRepository {
  /** Locks the slug until the transaction ends, then reads. Waits for other deploys of the same slug. */
  claim(slug: Slug): Promise<Convention | undefined>
  /** The conventions that use, or ever used, any version of this schema, ordered by slug. */
  usersOfSchema(id: string): Promise<readonly Slug[]>
  /** What has used this version. Blocks new uses until the transaction ends. */
  usageOfSchema(ref: SchemaRef): Promise<SchemaUsage>
  save(manifest: Manifest, actor: string): Promise<Convention>
  /** What the convention has. Blocks additions until the transaction ends. */
  contentsOf(slug: Slug): Promise<ConventionContents>
  remove(slug: Slug): Promise<void>
}

/** Contents that would be lost with a convention. */
export interface ConventionContents {
  readonly records: boolean
  readonly candidates: boolean
  readonly depositions: boolean
  readonly citations: boolean
}
