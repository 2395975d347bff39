/** The names that records get, and who learns that they have become permanent. */
export interface Naming {
  readonly domain: string
  /** Tells the operator. */
  warn(message: string): void
}

/** The domain of an archive for which none was chosen. */
const unchosenDomain = 'localhost'

/** What the first record of an archive makes permanent without anybody having chosen it; undefined when the domain was chosen. */
export function firstRecordWarning(domain: string): string | undefined {
  if (domain !== unchosenDomain) return undefined
  return (
    `This was the archive's first record, and its name is permanent: it is named under "${unchosenDomain}", as all records after it will be, because STRATA_DOMAIN is not set. ` +
    'To publish under a domain of yours, set STRATA_DOMAIN and start with an empty data directory or database.'
  )
}
