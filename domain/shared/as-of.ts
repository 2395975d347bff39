import { wrongForColumn } from './check-column-value.ts'
import { BadUserInput } from './refusal.ts'

/**
 * Parses `asOf` from any source: a time with its zone, or a date, which means the end of that day in UTC. Undefined means now, also
 * for a day that has not ended.
 */
export function parseAsOf(value: unknown, now: Date = new Date()): Date | undefined {
  if (typeof value !== 'string') throw unreadable(value)
  if (wrongForColumn(value, 'DATETIME') === undefined) return new Date(value)
  if (wrongForColumn(value, 'DATE') !== undefined) throw unreadable(value)
  const end = new Date(`${value}T23:59:59.999Z`)
  return end < now ? end : undefined
}

/** Refuses a future time, because later changes would alter the answer to the same query. */
export function requirePast(asOf: Date | null | undefined, now: Date = new Date()): Date | undefined {
  if (asOf === null || asOf === undefined) return undefined
  if (asOf > now)
    throw new BadUserInput(
      `\`asOf\` must be in the past; ${asOf.toISOString()} is in the future. Leave it out to read the current state.`,
      'asOf',
    )
  return asOf
}

function unreadable(value: unknown): BadUserInput {
  const shown =
    typeof value === 'string'
      ? `"${value.slice(0, 60).toWellFormed()}"`
      : Array.isArray(value)
        ? 'a list'
        : typeof value === 'object'
          ? 'an object'
          : String(value)
  return new BadUserInput(
    `\`asOf\` must be a time with its zone, like 2026-01-31T12:00:00Z, or a date, like 2026-01-31, for the end of that day in UTC; it is ${shown}.`,
    'asOf',
  )
}
