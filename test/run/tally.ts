/** What a run came to; the failed and the skipped by name, so that nothing is lost among the lines above. */
export interface Tally {
  readonly passed: number
  readonly failed: readonly string[]
  readonly skipped: readonly { readonly name: string; readonly reason: string | undefined }[]
}

export const nothing: Tally = { passed: 0, failed: [], skipped: [] }

export function plus(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: [...one.failed, ...other.failed],
    skipped: [...one.skipped, ...other.skipped],
  }
}

export function finalLine(tally: Tally): string {
  const skipped = tally.skipped.length === 0 ? '' : `, ${tally.skipped.length} skipped`
  return `${tally.passed} passed, ${tally.failed.length} failed${skipped}`
}
