/** The domain in the names of records, and who is warned when it becomes permanent. */
export interface Naming {
  readonly domain: string
  /** Logs a warning for the operator. */
  warn(message: string): void
}

/** The domain when STRATA_DOMAIN is not set. */
const unchosenDomain = 'localhost'

/** Warns that the first record makes the default domain permanent; undefined when the operator chose a domain. */
export function firstRecordWarning(domain: string): string | undefined {
  if (domain !== unchosenDomain) return undefined
  return (
    `This was the archive's first record, and its name is permanent: it uses the domain "${unchosenDomain}", as all later records will, because STRATA_DOMAIN is not set. ` +
    'To publish under your own domain, set STRATA_DOMAIN and start with an empty data directory or database.'
  )
}
