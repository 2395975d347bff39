import type { ColumnType } from './column-type.ts'
import type { Json } from './json.ts'

/** The maximum length of a text, whatever a schema allows: metadata and features are not for content. */
const maxTextLength = 100_000

/** Why a value is invalid for a column of this type, as the end of a sentence; undefined when it is valid. */
export function wrongForColumn(value: Json, type: ColumnType): string | undefined {
  switch (type) {
    case 'TEXT':
      return wrongText(value)
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
    case 'UUID':
      return isUuid(value) ? undefined : `should be a UUID like 0190a5e0-0000-7000-8000-000000000000, not ${show(value)}`
    case 'JSON':
      return undefined
    default:
      return type satisfies never
  }
}

function wrongText(value: Json): string | undefined {
  if (typeof value !== 'string') return `should be text, not ${show(value)}`
  if (value.length > maxTextLength) return `is ${value.length} characters long; the maximum is ${maxTextLength}`
  if (value.includes('\0')) return 'contains a NUL character'
  if (!value.isWellFormed()) return 'contains a lone surrogate (half a Unicode character)'
  return undefined
}

function isUuid(value: Json): boolean {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
}

function isDate(value: Json): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const time = Date.parse(`${value}T00:00:00Z`)
  // Date.parse turns 30 February into March; a valid date prints as it was written. PostgreSQL has no year 0.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value) && !value.startsWith('0000')
}

function isDateTime(value: Json): boolean {
  if (typeof value !== 'string') return false
  const shape = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/.exec(value)
  return shape !== null && isDate(shape[1] ?? '') && isWithinFourDigits(Date.parse(value))
}

/** The zone can move a time near the limits out of the years 1 to 9999, which four digits can print. */
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
