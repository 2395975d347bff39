import { didYouMean, isJsonObject, listed, type Finding, type Json, type JsonObject, maxFindings } from '@strata/domain/shared'
import { checkValue, maxValuesPerField, type Spend } from './check-value.ts'
import { takingTurns, type Turns } from './taking-turns.ts'
import type { Schema, SchemaField } from './schema.ts'

/** Checked metadata: only the schema's fields, in the schema's order, without absent ones. */
export type CheckedMetadata =
  | { readonly ok: true; readonly metadata: JsonObject }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/** The budget of pattern steps. Ten thousand records with a page of text stay far below it; without it, hostile input takes minutes. */
const mostStepsPerCall = 1_000_000_000

/** A longer list of faults would not help. A caller who sends ten thousand gets the first of them. */

/** Checks metadata against all fields and constraints of its schema; each finding names its field. */
export function validateMetadata(metadata: Json, schema: Schema): Promise<CheckedMetadata> {
  return metadataValidator(schema)(metadata)
}

/** Validates many records of one schema. They share the prepared schema and one budget of pattern steps. */
export function metadataValidator(schema: Schema): (metadata: Json) => Promise<CheckedMetadata> {
  const turns = takingTurns()
  let left = mostStepsPerCall
  const spend: Spend = (steps) => (left -= steps) >= 0
  const known = new Set<string>(schema.fields.map((field) => field.name))
  return async (metadata) => {
    if (!isJsonObject(metadata))
      return { ok: false, findings: [finding('The metadata should be an object with the fields of the schema.')] }
    const findings = unknownFields(metadata, schema, known)
    const present: [string, Json][] = []
    for (const field of schema.fields) {
      const value = valueOf(metadata, field.name)
      if (value !== null) present.push([field.name, value])
      if (findings.length < maxFindings) for (const found of await checkField(value, field, spend, turns)) findings.push(found)
    }
    return findings.length > 0
      ? { ok: false, findings: findings.slice(0, maxFindings) }
      : { ok: true, metadata: Object.fromEntries(present) }
  }
}

function unknownFields(metadata: JsonObject, schema: Schema, known: ReadonlySet<string>): Finding[] {
  const unknown = Object.keys(metadata).filter((name) => !known.has(name))
  return unknown.slice(0, maxFindings).map((name) => {
    const shown = name.slice(0, 80).toWellFormed()
    return finding(
      `The schema ${schema.id}@${schema.version} has no field "${shown}"; its fields are ${listed(known)}.${didYouMean(name, known)}`,
      shown,
    )
  })
}

async function checkField(value: Json, field: SchemaField, spend: Spend, turns: Turns): Promise<Finding[]> {
  if (turns.isOver()) await turns.next()
  if (value === null) return field.required ? [finding(`"${field.name}" is required.`, field.name)] : []
  if (field.cardinality === 'ONE') return sentence(checkValue(value, field, spend), field.name, field.name)
  if (!isList(value)) return [finding(`"${field.name}" should be a list of values.`, field.name)]
  if (field.required && value.length === 0) return [finding(`"${field.name}" is required: give at least one value.`, field.name)]
  if (value.length > maxValuesPerField) {
    return [finding(`"${field.name}" has ${value.length} values; the maximum is ${maxValuesPerField}.`, field.name)]
  }
  const findings: Finding[] = []
  for (let i = 0; i < value.length && findings.length < maxFindings; i++) {
    if (turns.isOver()) await turns.next()
    for (const found of sentence(checkValue(value[i] ?? null, field, spend), `${field.name}[${i}]`, field.name)) findings.push(found)
  }
  return findings
}

/** Reads own properties only, so that a field called "constructor" is not found on the prototype. */
function valueOf(metadata: JsonObject, name: string): Json {
  return Object.hasOwn(metadata, name) ? (metadata[name] ?? null) : null
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function sentence(fault: string | undefined, where: string, field: string): Finding[] {
  return fault === undefined ? [] : [finding(`"${where}" ${fault}.`, field)]
}

function finding(message: string, field?: string): Finding {
  return { hook: 'metadata', kind: 'INVALID_METADATA', message, ...(field === undefined ? {} : { field }) }
}
