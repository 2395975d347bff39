import { createHash } from 'node:crypto'

/** PostgreSQL truncates longer names silently. */
const maxBytes = 63

/**
 * The name of a column's index, unique for each pair: indexes and tables share a namespace, and people choose both parts. Neither part
 * contains a full stop; a tilde marks a shortened name.
 */
export function indexName(table: string, column: string): string {
  const whole = `${table}.${column}`
  if (whole.length <= maxBytes) return whole
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, 16)
  return `${whole.slice(0, maxBytes - 17)}~${hash}`
}
