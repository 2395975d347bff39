/** The records of some conventions for which a hook has not computed what its live release would. */
export interface PendingRecords {
  /** What counts of them is of another release than the live one. */
  readonly stale: bigint
  /** No release has a result of them that counts. */
  readonly missing: bigint
}

/** The end of a sentence about a new hook or a new live release; empty when nothing is to be computed. */
export function printPending({ stale, missing }: PendingRecords): string {
  if (stale === 0n && missing === 0n) return ''
  const parts = [...(stale > 0n ? [`${stale} stale`] : []), ...(missing > 0n ? [`${missing} missing`] : [])]
  return ` This leaves ${parts.join(' and ')} until they are computed; start that with \`backfill\`.`
}
