import { finding } from '../finding.ts'
import type { Check } from '../verification.ts'

/** Port: stored counts, which spare pages from counting. */
export interface VerifiedCounts {
  hooks(): Promise<readonly string[]>
  /** Counts of records by convention and schema. */
  wrongRecordCounts(): Promise<readonly WrongCount[]>
  /** Counts of the records that a hook has outcomes for. */
  wrongCoverage(hook: string): Promise<readonly WrongCount[]>
}

interface WrongCount {
  readonly of: string
  readonly kept: bigint
  readonly found: bigint
}

export function countsCheck(counts: VerifiedCounts): Check {
  return {
    name: 'counts',
    inSamples: 'LEFT_OUT',
    measure: async (seed) => ({ of: 1 + (await counts.hooks()).length, selection: { seed, below: undefined } }),
    async page(after) {
      const hooks = await counts.hooks()
      const hook = after === undefined ? undefined : hooks.find((name) => name > after)
      if (after !== undefined && hook === undefined) return { checked: 0, next: undefined, findings: [] }
      const wrong = hook === undefined ? await counts.wrongRecordCounts() : await counts.wrongCoverage(hook)
      const table = hook === undefined ? 'record_count' : 'hook_coverage'
      return {
        checked: 1,
        next: hook ?? '',
        findings: wrong.map(({ of, kept, found }) =>
          finding('COUNT', `table:${table}`, `${of}: ${kept} are counted, and there are ${found}.`),
        ),
      }
    },
  }
}
