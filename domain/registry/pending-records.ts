/** Counts of records that the live release of a hook has not computed. */
export interface PendingRecords {
  /** Their effective result is from a release that is not live. */
  readonly stale: bigint
  /** No release has an effective result for them. */
  readonly missing: bigint
}

/** The end of a sentence about a new hook or a new live release; empty when nothing is left to compute. */
export function printPending({ stale, missing }: PendingRecords): string {
  if (stale === 0n && missing === 0n) return ''
  const parts = [...(stale > 0n ? [`${stale} stale`] : []), ...(missing > 0n ? [`${missing} missing`] : [])]
  return ` This leaves ${parts.join(' and ')} until they are computed; start that with \`backfill\`.`
}
