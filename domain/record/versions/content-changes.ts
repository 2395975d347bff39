import { canonicalJson, type Finding, type Json } from '@strata/domain/shared'
import type { RecordContent } from './newest-version.ts'

/** A field of the metadata, `schema`, or `files.<name>`, with its values in both; undefined where there is none. */
export interface FieldChange {
  readonly field: string
  readonly before: Json | undefined
  readonly after: Json | undefined
}

/** How two contents differ. They are the same when nothing does. */
export function contentChanges(before: RecordContent, after: RecordContent): readonly FieldChange[] {
  const schema = { field: 'schema', before: schemaName(before), after: schemaName(after) }
  return [
    schema,
    ...changesOf(new Map(Object.entries(before.metadata)), new Map(Object.entries(after.metadata)), ''),
    ...changesOf(digests(before), digests(after), 'files.'),
  ].filter((change) => !isSame(change.before, change.after))
}

/** What a caller is told who sent other content under a known source. */
export function changeFindings(changes: readonly FieldChange[], version: number): readonly Finding[] {
  return changes.map(({ field, before, after }) => ({
    hook: field.startsWith('files.') ? 'files' : 'metadata',
    kind: 'CHANGED',
    message: `"${field}" is ${shown(before)} in version ${version} and ${shown(after)} here.`,
    field,
  }))
}

function changesOf(before: ReadonlyMap<string, Json>, after: ReadonlyMap<string, Json>, prefix: string): FieldChange[] {
  const names = new Set([...before.keys(), ...after.keys()])
  return [...names].map((name) => ({ field: `${prefix}${name}`, before: before.get(name), after: after.get(name) }))
}

function digests({ files }: RecordContent): ReadonlyMap<string, Json> {
  return new Map(files.map(({ name, digest }) => [name, digest]))
}

function schemaName({ schema }: RecordContent): string {
  return `${schema.id}@${schema.version}`
}

/** A field that is null says as much as one that is not there. */
function isSame(before: Json | undefined, after: Json | undefined): boolean {
  return canonicalJson(before ?? null) === canonicalJson(after ?? null)
}

const longestShown = 200

function shown(value: Json | undefined): string {
  if (value === undefined || value === null) return 'missing'
  const text = JSON.stringify(value)
  return text.length <= longestShown ? text : `${text.slice(0, longestShown).toWellFormed()}…`
}
