import { isWithin, type Reach } from '@strata/domain/identity'
import { Forbidden, type Slug } from '@strata/domain/shared'
import type { SchemaRef } from './schema.ts'

/** A schema as a deploy finds it. `users` are the conventions that use, or ever used, any version of it; they have records of it. */
export interface SchemaInUse extends SchemaRef {
  readonly versionExists: boolean
  readonly users: readonly Slug[]
}

const mostNamed = 10

/**
 * Refuses a deploy that touches a schema used by conventions outside the caller's scopes. Versions are permanent and share a table per
 * major, so a version added here would bind the other conventions for good. The caller also cannot put one more convention on the schema,
 * because then the owner of the others could no longer add a version with a narrowed scope. A convention that is already on the schema may
 * be deployed again with any existing version.
 */
export function requireOwnSchema(schema: SchemaInUse, slug: Slug, reach: Reach): void {
  const others = schema.users.filter((user) => user !== slug && !isWithin(reach, user))
  if (others.length === 0) return
  if (schema.versionExists && schema.users.includes(slug)) return
  const named = others
    .slice(0, mostNamed)
    .map((other) => `"${other}"`)
    .join(', ')
  const more = others.length > mostNamed ? ` and ${others.length - mostNamed} more` : ''
  const what = schema.versionExists ? `put "${slug}" on it` : `add version ${schema.version} to it`
  throw new Forbidden(
    `The schema "${schema.id}" is used by ${named}${more}, which this token may not deploy, so it cannot ${what}. ` +
      'Choose another schema id, or deploy with the scope conventions:write.',
    'input.schema.id',
  )
}
