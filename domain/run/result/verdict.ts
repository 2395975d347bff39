import type { Finding, HookName } from '@strata/domain/shared'

/** How one hook stands to one candidate, by all runs over it. */
export type HookStanding = {
  readonly hook: HookName
  /** Of the newest of these runs. */
  readonly releaseId: string
} & (
  | { readonly status: 'UNDER_WAY' | 'PASSED' | 'EMPTY' | 'CANCELLED' }
  | { readonly status: 'REJECTED' | 'ERRORED'; readonly reason: string }
  /** The machinery failed, which says nothing about the candidate. */
  | { readonly status: 'BROKEN' }
)

/** WAITING for runs, or STUCK until somebody mends the machinery and retries a run; else what there is against the candidate. */
export type Judgement = 'WAITING' | 'STUCK' | { readonly findings: readonly Finding[] }

/**
 * Hooks are waited for until the last has ended, so that all there is to mend is told at once. What one of them has
 * against a candidate stands whatever the others would have said, so a broken run then delays no verdict.
 */
export function judge(hooks: readonly HookStanding[]): Judgement {
  if (hooks.some(({ status }) => status === 'UNDER_WAY')) return 'WAITING'
  const findings = hooks.flatMap(findingOf)
  if (findings.length === 0 && hooks.some(({ status }) => status === 'BROKEN')) return 'STUCK'
  return { findings }
}

function findingOf(standing: HookStanding): Finding[] {
  const { hook } = standing
  switch (standing.status) {
    case 'REJECTED':
    case 'ERRORED':
      return [{ hook, kind: standing.status, message: standing.reason }]
    case 'CANCELLED':
      return [
        { hook, kind: 'ERRORED', message: 'The run of this hook was cancelled before it had a result. Submit again to run it again.' },
      ]
    case 'UNDER_WAY':
    case 'BROKEN':
    case 'PASSED':
    case 'EMPTY':
      return []
    default:
      return standing satisfies never
  }
}
