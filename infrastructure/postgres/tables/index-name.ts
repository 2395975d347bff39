import { createHash } from 'node:crypto'

/** PostgreSQL cuts longer names off in silence. */
const maxBytes = 63

/**
 * The name of a column's index, another for every pair: indexes and tables share one namespace, and people choose both
 * parts. A full stop stands in neither part, a tilde only where a name was too long.
 */
export function indexName(table: string, column: string): string {
  const whole = `${table}.${column}`
  if (whole.length <= maxBytes) return whole
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, 16)
  return `${whole.slice(0, maxBytes - 17)}~${hash}`
}
