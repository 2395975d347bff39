import { BadUserInput, parseColumnName, parseSchemaId, type Json } from '@strata/domain/shared'
import { parseConstraints, type FieldConstraintsInput } from './parse-constraints.ts'
import type { FieldCardinality, FieldType, Schema, SchemaField } from './schema.ts'
import { parseSchemaVersion } from './schema-version.ts'

export interface SchemaInput {
  readonly id: string
  readonly version: string
  readonly title?: string | null | undefined
  readonly fields: readonly SchemaFieldInput[]
}

export interface SchemaFieldInput {
  readonly name: string
  readonly type: FieldType
  readonly required: boolean
  readonly cardinality: FieldCardinality
  readonly description?: string | null | undefined
  readonly unit?: string | null | undefined
  readonly examples?: readonly Json[] | null | undefined
  readonly constraints?: FieldConstraintsInput | null | undefined
}

/** A row must fit a page of PostgreSQL, where each long value takes 18 bytes at the least. */
export const maxFields = 400

const maxExamples = 100

/** `path` is where the schema stands in the caller's input; every refusal names the field below it. */
export function parseSchema(input: SchemaInput, path: string): Schema {
  const id = parseSchemaId(input.id, `${path}.id`)
  const version = parseSchemaVersion(input.version, `${path}.version`)
  if (input.fields.length === 0) throw new BadUserInput('A schema needs at least one field.', `${path}.fields`)
  if (input.fields.length > maxFields) {
    throw new BadUserInput(`A schema has at most ${maxFields} fields; this one has ${input.fields.length}.`, `${path}.fields`)
  }
  const fields = input.fields.map((field, i) => parseField(field, `${path}.fields.${i}`))
  refuseDuplicates(fields, path)
  return { id, version, title: input.title ?? input.id, fields }
}

function parseField(input: SchemaFieldInput, path: string): SchemaField {
  const name = parseColumnName(input.name, `${path}.name`)
  if ((input.examples?.length ?? 0) > maxExamples) throw new BadUserInput(`A field has at most ${maxExamples} examples.`, `${path}.examples`)
  const constraints = input.constraints ? parseConstraints(input.constraints, input.type, `${path}.constraints`) : undefined
  return {
    name,
    type: input.type,
    required: input.required,
    cardinality: input.cardinality,
    ...(input.description ? { description: input.description } : {}),
    ...(input.unit ? { unit: input.unit } : {}),
    examples: input.examples ?? [],
    ...(constraints && Object.keys(constraints).length > 0 ? { constraints } : {}),
  }
}

function refuseDuplicates(fields: readonly SchemaField[], path: string): void {
  const seen = new Set<string>()
  fields.forEach(({ name }, i) => {
    if (seen.has(name)) throw new BadUserInput(`The field "${name}" is there twice; names are unique.`, `${path}.fields.${i}.name`)
    seen.add(name)
  })
}
