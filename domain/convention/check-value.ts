import type { Json } from '@strata/domain/shared'
import { compilePattern } from './pattern.ts'
import type { FieldConstraints, FieldType, SchemaField } from './schema.ts'

/** No single text is longer, whatever its schema allows: metadata describes data, it does not carry it. */
export const maxTextLength = 100_000
export const maxValuesPerField = 10_000

/** What is wrong with one value of a field, in words that say what it should be; undefined when nothing is. */
export function checkValue(value: Json, field: SchemaField): string | undefined {
  return wrongType(value, field.type) ?? brokenConstraint(value, field.constraints ?? {})
}

function wrongType(value: Json, type: FieldType): string | undefined {
  switch (type) {
    case 'TEXT':
    case 'TERM':
      return wrongText(value)
    case 'URL':
      return wrongText(value) ?? (isUrl(value) ? undefined : 'should be an http:// or https:// address')
    case 'NUMBER':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : `should be a finite number, not ${show(value)}`
    case 'INTEGER':
      return Number.isSafeInteger(value) ? undefined : `should be a whole number up to 2^53, not ${show(value)}`
    case 'BOOLEAN':
      return typeof value === 'boolean' ? undefined : `should be true or false, not ${show(value)}`
    case 'DATE':
      return isDate(value) ? undefined : `should be a date like 2026-01-31, not ${show(value)}`
    case 'DATETIME':
      return isDateTime(value) ? undefined : `should be a time with its zone like 2026-01-31T12:00:00Z, not ${show(value)}`
    default:
      return type satisfies never
  }
}

function wrongText(value: Json): string | undefined {
  if (typeof value !== 'string') return `should be text, not ${show(value)}`
  if (value.length > maxTextLength) return `is ${value.length} characters long; the most is ${maxTextLength}`
  if (value.includes('\0')) return 'has a NUL character in it'
  if (!value.isWellFormed()) return 'has half a Unicode character in it (a lone surrogate)'
  return undefined
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

function isDate(value: Json): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const time = Date.parse(`${value}T00:00:00Z`)
  // Date.parse rolls 30 February over into March; a real date prints as it was written. PostgreSQL has no year 0.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value) && !value.startsWith('0000')
}

function isDateTime(value: Json): boolean {
  if (typeof value !== 'string') return false
  const shape = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/.exec(value)
  return shape !== null && isDate(shape[1] ?? '') && isWithinFourDigits(Date.parse(value))
}

/** A zone can carry the edges of the calendar out of the years 1 to 9999, which is all that four digits can say. */
function isWithinFourDigits(time: number): boolean {
  return time >= earliest && time < latest
}

const earliest = Date.parse('0001-01-01T00:00:00Z')
// PostgreSQL rounds to microseconds: the last millisecond could become the year 10000.
const latest = Date.parse('9999-12-31T23:59:59.999Z')

function show(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, 60).toWellFormed()) : String(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
