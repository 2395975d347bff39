/** What is cited: a dataset of an archive. */
export interface Cited {
  readonly title: string
  readonly description: string
  /** The archive's domain. */
  readonly publisher: string
}

/** How to name a download in a text. This is the one place that says so. */
export function howToCite({ title, publisher }: Cited, { table, asOf, url }: { readonly table: string; readonly asOf: Date | undefined; readonly url: string }): string {
  const year = asOf === undefined ? '' : ` (${asOf.getUTCFullYear()})`
  const when = asOf === undefined ? '' : `, as of ${asOf.toISOString()}`
  return `${title}${year}. Table "${table}"${when}. ${publisher}. ${url}`
}
