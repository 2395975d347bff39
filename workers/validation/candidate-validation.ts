import type { CandidateValidation } from '@strata/domain/record'
import type { Slug } from '@strata/domain/shared'

/** What is asked of a convention here: whether anything runs over its candidates. */
export interface HooksOf {
  (convention: Slug): Promise<readonly string[]>
}

/**
 * A convention without hooks has nothing to say against a candidate. With hooks the candidate waits: this is where the
 * run pipeline takes it up, and whoever ends its last hook calls `ReportVerdict`.
 */
export function candidateValidation({ hooksOf }: { readonly hooksOf: HooksOf }): CandidateValidation {
  return {
    async begin({ convention }) {
      const hooks = await hooksOf(convention)
      return hooks.length === 0 ? { findings: [] } : 'WAITING'
    },
  }
}
