import { canonicalJson, Conflict, listed, type HookName, type Json, type Slug } from '@strata/domain/shared'
import type { Change } from './change.ts'
import type { Convention } from './convention.ts'
import type { Manifest } from './manifest.ts'
import type { Schema, SchemaField } from './schema.ts'
import type { SchemaUsage } from './schema-usage.ts'

/** The differences between the existing schema version and the wanted one; empty when it does not exist or is the same. */
export function schemaDifferences(now: Schema | undefined, wanted: Schema): readonly string[] {
  return now === undefined ? [] : differencesOf(now, wanted)
}

/** `usage` is given when the version exists with other fields. */
export function planSchema(
  now: Schema | undefined,
  wanted: Schema,
  slug: Slug | undefined,
  usage: SchemaUsage | undefined,
): readonly Change[] {
  const name = `${wanted.id}@${wanted.version}`
  if (now === undefined) return [{ path: 'schema', kind: 'CREATED', summary: `Schema ${name} with ${wanted.fields.length} fields.` }]
  if (usage === undefined) return []
  const other = `The schema ${name} exists already with other fields: ${differencesOf(now, wanted).join('; ')}.`
  if (usage.isUsed) {
    throw new Conflict(
      `${other} A version that records, drafts or citations have used never changes; deploy a new one.`,
      'input.schema.version',
    )
  }
  const others = usage.conventions.filter((one) => one !== slug)
  if (others.length === 0)
    return [updated('schema', `Schema ${name}, which no record has used, with other fields: ${differencesOf(now, wanted).join('; ')}.`)]
  throw new Conflict(`${other} ${listed(others, 10)} has it too; deploy a new version.`, 'input.schema.version')
}

/** The changes that make the convention match the manifest; empty when it already does. */
export function planConvention(now: Convention | undefined, wanted: Manifest): readonly Change[] {
  if (now === undefined) return [{ path: 'convention', kind: 'CREATED', summary: `Convention ${wanted.slug}.` }]
  const { schema } = wanted
  const changes: Change[] = []
  if (now.title !== wanted.title) changes.push(updated('title', `Title from "${now.title}" to "${wanted.title}".`))
  if (now.description !== wanted.description) changes.push(updated('description', 'Description rewritten.'))
  if (now.license !== wanted.license) changes.push(planLicense(now.license, wanted.license))
  if (now.schema.id !== schema.id || now.schema.version !== schema.version) {
    changes.push(updated('schema', `Schema from ${now.schema.id}@${now.schema.version} to ${schema.id}@${schema.version}.`))
  }
  if (!same(now.files, wanted.files)) changes.push(updated('files', 'File rules changed.'))
  if (now.review !== wanted.review) {
    changes.push(
      updated('review', wanted.review ? 'Submissions wait for a curator from now on.' : 'Submissions need no curator from now on.'),
    )
  }
  if (!same(now.docs, wanted.docs)) {
    const kind = wanted.docs === undefined ? 'REMOVED' : now.docs === undefined ? 'CREATED' : 'UPDATED'
    changes.push({ path: 'docs', kind, summary: `Documentation ${kind.toLowerCase()}.` })
  }
  return [
    ...changes,
    ...planHookList(
      now.hooks,
      wanted.hooks.map(({ name }) => name),
    ),
  ]
}

/** Copies taken under the old terms keep those terms; the change affects no stored data. */
function planLicense(now: string | undefined, wanted: string | undefined): Change {
  if (wanted === undefined)
    return { path: 'license', kind: 'REMOVED', summary: `Licence "${now}" removed; the terms of use are no longer stated.` }
  if (now === undefined) return { path: 'license', kind: 'CREATED', summary: `Licence "${wanted}".` }
  return updated('license', `Licence from "${now}" to "${wanted}".`)
}

/** Changes to the convention's list of hooks; `planHook` plans each hook itself. */
function planHookList(now: readonly HookName[], wanted: readonly HookName[]): Change[] {
  const removed = now.filter((name) => !wanted.includes(name))
  const added = wanted.filter((name) => !now.includes(name))
  const moved = removed.length === 0 && added.length === 0 && !same(now, wanted)
  return [
    ...removed.map((name) => ({
      path: `hooks.${name}`,
      kind: 'REMOVED' as const,
      summary: `"${name}" no longer runs here; its rows stay.`,
    })),
    ...added.map((name) => ({ path: `hooks.${name}`, kind: 'UPDATED' as const, summary: `"${name}" runs here from now on.` })),
    ...(moved ? [updated('hooks', 'The order of the hooks changed.')] : []),
  ]
}

function updated(path: string, summary: string): Change {
  return { path, kind: 'UPDATED', summary }
}

/** The differences between two schemas, in words; empty when they are the same. */
function differencesOf(now: Schema, wanted: Schema): readonly string[] {
  const before = new Map(now.fields.map((field) => [field.name, field]))
  const after = new Set(wanted.fields.map(nameOf))
  const differences = [
    ...(now.title === wanted.title ? [] : ['another title']),
    ...now.fields.filter(({ name }) => !after.has(name)).map(({ name }) => `"${name}" is missing`),
    ...wanted.fields.flatMap((field) => {
      const was = before.get(field.name)
      if (was === undefined) return [`"${field.name}" is new`]
      const parts = differingParts(was, field)
      return parts.length === 0 ? [] : [`"${field.name}" has a different ${parts.join(' and a different ')}`]
    }),
  ]
  if (differences.length > 0 || same(now.fields.map(nameOf), wanted.fields.map(nameOf))) return differences
  return ['the order of the fields differs']
}

function differingParts(was: SchemaField, is: SchemaField): readonly string[] {
  const parts = ['type', 'required', 'cardinality', 'unit', 'description', 'constraints', 'examples'] as const
  return parts.filter((part) => !same(was[part], is[part]))
}

function nameOf(field: SchemaField): string {
  return field.name
}

function same(a: object | string | boolean | undefined, b: object | string | boolean | undefined): boolean {
  return canonicalJson((a ?? null) as Json) === canonicalJson((b ?? null) as Json)
}
