/** What a run came to. What failed and what was skipped is named, so that it is not lost among the lines above. */
export interface Tally {
  readonly passed: number
  readonly failed: readonly string[]
  readonly skipped: readonly SkippedTest[]
  readonly files: readonly TestFile[]
}

export interface SkippedTest {
  readonly file: string
  readonly name: string
  readonly reason: string | undefined
}

export interface TestFile {
  readonly name: string
  readonly milliseconds: number
}

export const nothing: Tally = { passed: 0, failed: [], skipped: [], files: [] }

export function plus(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: [...one.failed, ...other.failed],
    skipped: [...one.skipped, ...other.skipped],
    files: [...one.files, ...other.files],
  }
}

export function finalLine(tally: Tally): string {
  const skipped = tally.skipped.length === 0 ? '' : `, ${tally.skipped.length} skipped`
  return `${tally.passed} passed, ${tally.failed.length} failed${skipped}`
}
