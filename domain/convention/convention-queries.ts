import type { Page, PageRequest } from '@strata/domain/shared'
import type { Convention } from './convention.ts'
import type { Schema, SchemaRef } from './schema.ts'

/** Port: reads conventions and schemas. Lists are ordered by slug. */
export interface ConventionQueries {
  /** One result per slug, in order, with one query. */
  conventions(slugs: readonly string[]): Promise<readonly (Convention | undefined)[]>
  conventionPage(page: PageRequest<string>): Promise<Page<Convention>>
  conventionCount(): Promise<number>
  schemas(refs: readonly SchemaRef[]): Promise<readonly (Schema | undefined)[]>
  /** The newest version of a schema, by version number. */
  latestSchema(id: string): Promise<Schema | undefined>
  /** The conventions that use each hook. */
  conventionsUsing(hooks: readonly string[]): Promise<readonly (readonly Convention[])[]>
  conventionsOf(refs: readonly SchemaRef[]): Promise<readonly (readonly Convention[])[]>
}
