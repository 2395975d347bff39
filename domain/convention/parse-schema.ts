import { BadUserInput, every, everyOf, parseColumnName, parseSchemaId, type Json } from '@strata/domain/shared'
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

/** A row must fit in a PostgreSQL page, where each long value takes at least 18 bytes. */
const maxFields = 400

const maxExamples = 100

/** `path` is the schema's place in the caller's input; each refusal appends the field's path to it. */
export function parseSchema(input: SchemaInput, path: string): Schema {
  const { id, version, fields } = every({
    id: () => parseSchemaId(input.id, `${path}.id`),
    version: () => parseSchemaVersion(input.version, `${path}.version`),
    fields: () => parseFields(input.fields, `${path}.fields`),
  })
  return { id, version, title: input.title ?? input.id, fields }
}

function parseFields(inputs: readonly SchemaFieldInput[], path: string): readonly SchemaField[] {
  if (inputs.length === 0) throw new BadUserInput('A schema needs at least one field.', path)
  if (inputs.length > maxFields) throw new BadUserInput(`A schema has at most ${maxFields} fields; this one has ${inputs.length}.`, path)
  const seen = new Set<string>()
  return everyOf(inputs, (input, i) => {
    if (seen.has(input.name)) throw new BadUserInput(`The field "${input.name}" appears twice; names are unique.`, `${path}.${i}.name`)
    seen.add(input.name)
    return parseField(input, `${path}.${i}`)
  })
}

function parseField(input: SchemaFieldInput, path: string): SchemaField {
  const { name, examples, constraints } = every({
    name: () => parseColumnName(input.name, `${path}.name`),
    examples: () => parseExamples(input.examples ?? [], `${path}.examples`),
    constraints: () => (input.constraints ? parseConstraints(input.constraints, input.type, `${path}.constraints`) : undefined),
  })
  return {
    name,
    type: input.type,
    required: input.required,
    cardinality: input.cardinality,
    ...(input.description ? { description: input.description } : {}),
    ...(input.unit ? { unit: input.unit } : {}),
    examples,
    ...(constraints && Object.keys(constraints).length > 0 ? { constraints } : {}),
  }
}

function parseExamples(examples: readonly Json[], path: string): readonly Json[] {
  if (examples.length <= maxExamples) return examples
  throw new BadUserInput(`A field has at most ${maxExamples} examples; this one has ${examples.length}.`, path)
}
