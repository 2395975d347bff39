import { wrongForColumn, type Json } from '@strata/domain/shared'
import { compilePattern } from './pattern.ts'
import type { FieldConstraints, FieldType, SchemaField } from './schema.ts'

export const maxValuesPerField = 10_000

/** Deducts steps from the pattern budget of a call; false when too few are left. */
export type Spend = (steps: number) => boolean

/** Says what one value of a field should be; undefined when it is valid. */
export function checkValue(value: Json, field: SchemaField, spend: Spend): string | undefined {
  return wrongType(value, field.type) ?? brokenConstraint(value, field.constraints ?? {}, spend)
}

function wrongType(value: Json, type: FieldType): string | undefined {
  if (type === 'TERM') return wrongForColumn(value, 'TEXT')
  if (type === 'URL') return wrongForColumn(value, 'TEXT') ?? (isUrl(value) ? undefined : 'should be an http:// or https:// address')
  return wrongForColumn(value, type)
}

function brokenConstraint(value: Json, is: FieldConstraints, spend: Spend): string | undefined {
  if (typeof value === 'number') {
    if (is.min !== undefined && value < is.min) return `should be at least ${is.min}, not ${value}`
    if (is.max !== undefined && value > is.max) return `should be at most ${is.max}, not ${value}`
  }
  if (typeof value === 'string') {
    const length = [...value].length
    if (is.minLength !== undefined && length < is.minLength) return `should have at least ${is.minLength} characters, not ${length}`
    if (is.maxLength !== undefined && length > is.maxLength) return `should have at most ${is.maxLength} characters, not ${length}`
    if (is.pattern !== undefined) return brokenPattern(value, is.pattern, spend)
  }
  return undefined
}

function brokenPattern(text: string, source: string, spend: Spend): string | undefined {
  const pattern = compilePattern(source)
  if (text.length > pattern.longest)
    return `is ${text.length} characters long; the longest text that its pattern can be checked on is ${pattern.longest}`
  if (!spend(pattern.steps(text)))
    return 'was not checked: matching all patterns of this call would take too long; send fewer records at once'
  return pattern.matches(text) ? undefined : `should match ${source}`
}

function isUrl(value: Json): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  const { protocol } = new URL(value)
  return protocol === 'http:' || protocol === 'https:'
}
