import { wrongForColumn, type Json } from '@strata/domain/shared'
import { compilePattern } from './pattern.ts'
import type { FieldConstraints, FieldType, SchemaField } from './schema.ts'

export const maxValuesPerField = 10_000

/** What is wrong with one value of a field, in words that say what it should be; undefined when nothing is. */
export function checkValue(value: Json, field: SchemaField): string | undefined {
  return wrongType(value, field.type) ?? brokenConstraint(value, field.constraints ?? {})
}

function wrongType(value: Json, type: FieldType): string | undefined {
  if (type === 'TERM') return wrongForColumn(value, 'TEXT')
  if (type === 'URL') return wrongForColumn(value, 'TEXT') ?? (isUrl(value) ? undefined : 'should be an http:// or https:// address')
  return wrongForColumn(value, type)
}

function brokenConstraint(value: Json, is: FieldConstraints): string | undefined {
  if (typeof value === 'number') {
    if (is.min !== undefined && value < is.min) return `should be at least ${is.min}, not ${value}`
    if (is.max !== undefined && value > is.max) return `should be at most ${is.max}, not ${value}`
  }
  if (typeof value === 'string') {
    const length = [...value].length
    if (is.minLength !== undefined && length < is.minLength) return `should have at least ${is.minLength} characters, not ${length}`
    if (is.maxLength !== undefined && length > is.maxLength) return `should have at most ${is.maxLength} characters, not ${length}`
    if (is.pattern !== undefined && !compilePattern(is.pattern).matches(value)) return `should match ${is.pattern}`
  }
  return undefined
}

function isUrl(value: Json): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  const { protocol } = new URL(value)
  return protocol === 'http:' || protocol === 'https:'
}
