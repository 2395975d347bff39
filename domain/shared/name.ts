import { BadUserInput, ReservedName } from './refusal.ts'

/** A convention's name in addresses: lower-case letters, digits and hyphens. */
export type Slug = string & { readonly [slug]: true }
declare const slug: unique symbol

/** A hook's name, which is also the name of its table. */
export type HookName = string & { readonly [hookName]: true }
declare const hookName: unique symbol

/** A column of a metadata or feature table. */
export type ColumnName = string & { readonly [columnName]: true }
declare const columnName: unique symbol

/** A schema's id. Short enough that `<id>_v<major>` never reaches PostgreSQL's 63 bytes, where names would collide. */
export type SchemaId = string & { readonly [schemaId]: true }
declare const schemaId: unique symbol

export function parseSlug(text: string, field?: string): Slug {
  return parseName(slugs, text, field) as Slug
}

export function parseHookName(text: string, field?: string): HookName {
  return parseName(hookNames, text, field) as HookName
}

export function parseColumnName(text: string, field?: string): ColumnName {
  return parseName(columnNames, text, field) as ColumnName
}

export function parseSchemaId(text: string, field?: string): SchemaId {
  return parseName(schemaIds, text, field) as SchemaId
}

interface NameRule {
  readonly what: string
  readonly pattern: RegExp
  readonly reserved: ReadonlySet<string>
  readonly words: string
}

const slugs: NameRule = {
  what: 'slug',
  pattern: /^[a-z][a-z0-9-]{2,63}$/,
  reserved: new Set(['admin', 'api', 'data', 'datasets', 'files', 'graphql', 'import', 'new', 'records', 'strata']),
  words: '3 to 64 lower-case letters, digits and hyphens, starting with a letter',
}

const hookNames: NameRule = {
  what: 'hook name',
  pattern: /^[a-z][a-z0-9_]{0,39}$/,
  // "records" is every dataset's first table; "metadata", "files" and "review" are the sources of findings without a hook.
  reserved: new Set(['features', 'files', 'metadata', 'records', 'review', 'strata']),
  words: '1 to 40 lower-case letters, digits and underscores, starting with a letter',
}

const columnNames: NameRule = {
  what: 'column name',
  pattern: /^[a-z][a-z0-9_]{0,62}$/,
  // PostgreSQL's own system columns, and the columns that every table of a dataset has.
  reserved: new Set('cmax cmin ctid oid tableoid xmax xmin ordinal published_at release_version run_id srn stale'.split(' ')),
  words: '1 to 63 lower-case letters, digits and underscores, starting with a letter',
}

const schemaIds: NameRule = {
  what: 'schema id',
  pattern: /^[a-z][a-z0-9_-]{0,49}$/,
  reserved: new Set(['strata']),
  words: '1 to 50 lower-case letters, digits, hyphens and underscores, starting with a letter',
}

function parseName(rule: NameRule, text: string, field: string | undefined): string {
  if (!rule.pattern.test(text)) {
    throw new BadUserInput(`"${text.slice(0, 80)}" is not a ${rule.what}; it must have ${rule.words}.`, field)
  }
  if (rule.reserved.has(text)) throw new ReservedName(`The ${rule.what} "${text}" is reserved; choose another.`, field)
  return text
}
