import { Conflict } from '@strata/domain/shared'
import type { FieldConstraints, Schema, SchemaField } from './schema.ts'
import { compareVersions, majorOf } from './schema-version.ts'

/**
 * Within a major, a later version accepts all data of an earlier one, so records stay valid and share a table. Refuses a
 * version that does not fit between the existing versions before and after it.
 */
export function requireAdditive(versions: readonly Schema[], wanted: Schema): void {
  for (const known of versions) {
    if (known.id !== wanted.id || majorOf(known.version) !== majorOf(wanted.version)) continue
    const order = compareVersions(known.version, wanted.version)
    if (order === 0) refuseOtherSpelling(known, wanted)
    else if (order < 0) refuseBreak(wanted, known, breakingChange(known, wanted))
    else refuseBreak(wanted, known, breakingChange(wanted, known))
  }
}

interface BreakingChange {
  readonly field: string
  /** The rest of a sentence that begins with the field. */
  readonly reason: string
}

/** The first change in the later schema that valid data of the earlier one could violate; undefined when there is none. */
function breakingChange(earlier: Schema, later: Schema): BreakingChange | undefined {
  const before = new Map(earlier.fields.map((field) => [field.name, field]))
  const after = new Map(later.fields.map((field) => [field.name, field]))
  for (const was of earlier.fields) {
    const is = after.get(was.name)
    const reason = is === undefined ? 'is removed' : breakOfField(was, is)
    if (reason !== undefined) return { field: was.name, reason }
  }
  const added = later.fields.find(({ name, required }) => required && !before.has(name))
  return added && { field: added.name, reason: 'is new and required, which earlier records cannot satisfy' }
}

function breakOfField(was: SchemaField, is: SchemaField): string | undefined {
  if (was.type !== is.type) return `changes its type from ${was.type} to ${is.type}`
  if (was.cardinality !== is.cardinality) return `changes its cardinality from ${was.cardinality} to ${is.cardinality}`
  if (!was.required && is.required) return 'becomes required'
  return tightened(was.constraints ?? {}, is.constraints ?? {})
}

function tightened(was: FieldConstraints, is: FieldConstraints): string | undefined {
  for (const bound of ['min', 'minLength'] as const) {
    if (is[bound] !== undefined && is[bound] > (was[bound] ?? lowest[bound]))
      return `has its ${bound} raised ${change(was[bound], is[bound])}`
  }
  for (const bound of ['max', 'maxLength'] as const) {
    if (is[bound] !== undefined && is[bound] < (was[bound] ?? Infinity)) return `has its ${bound} lowered ${change(was[bound], is[bound])}`
  }
  // Pattern containment is not computed, so the only allowed change is to drop the pattern.
  for (const rule of ['pattern', 'vocabulary'] as const) {
    if (is[rule] !== undefined && is[rule] !== was[rule]) return `has another ${rule}`
  }
  return undefined
}

const lowest = { min: -Infinity, minLength: 0 }

function change(was: number | undefined, is: number): string {
  return was === undefined ? `to ${is} where it had none` : `from ${was} to ${is}`
}

function refuseBreak(wanted: Schema, known: Schema, change: BreakingChange | undefined): void {
  if (change === undefined) return
  const inserted = compareVersions(wanted.version, known.version) < 0
  const step = inserted ? `from ${wanted.version} to ${known.version}, which exists already,` : `from ${known.version} to ${wanted.version}`
  throw new Conflict(
    `The field "${change.field}" ${change.reason} ${step} of the schema ${wanted.id}. Within a major version, fields can only be added; deploy a new major, ` +
      `like ${majorOf(wanted.version) + 1}.0.0.`,
    pathOf(wanted, change.field),
  )
}

/** The field's path in the caller's input, or that of the list without it. */
function pathOf({ fields }: Schema, name: string): string {
  const index = fields.findIndex((field) => field.name === name)
  return index < 0 ? 'input.schema.fields' : `input.schema.fields.${index}`
}

function refuseOtherSpelling(known: Schema, wanted: Schema): void {
  if (known.version === wanted.version) return
  throw new Conflict(
    `${wanted.version} is another spelling of version ${known.version} of the schema ${wanted.id}, which exists; use that spelling.`,
    'input.schema.version',
  )
}
