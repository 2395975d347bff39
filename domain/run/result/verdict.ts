import type { Finding, HookName } from '@strata/domain/shared'

/** The state of one hook for one candidate, from all of its runs. */
export type HookStanding = {
  readonly hook: HookName
  /** The release of the newest run. */
  readonly releaseId: string
} & (
  | { readonly status: 'UNDER_WAY' | 'PASSED' | 'EMPTY' | 'CANCELLED' }
  | { readonly status: 'REJECTED' | 'ERRORED'; readonly reason: string }
  /** The machinery failed, so there is no verdict on the candidate. */
  | { readonly status: 'BROKEN' }
)

/** WAITING for runs; STUCK until the machinery works and a run is retried; otherwise the findings. */
export type Judgement = 'WAITING' | 'STUCK' | { readonly findings: readonly Finding[] }

/**
 * Waits until the last hook has ended, so that the submitter gets all findings at once. A finding of one hook decides the verdict
 * regardless of the others, so a broken run then does not delay it.
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
