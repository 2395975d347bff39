import { createHash } from 'node:crypto'

/** PostgreSQL truncates longer names. */
const longestName = 63

/** Roles belong to the whole server, which may have several archives, so each reader is named after its database. */
export function readerNameFor(database: string): string {
  const name = `${database}_reader`
  if (Buffer.byteLength(name) <= longestName) return name
  return `strata_${createHash('sha256').update(database).digest('hex').slice(0, 32)}_reader`
}
