import { runFailure, type RunFailure } from './failure.ts'
import type { SettledRecord } from '../result/held-run.ts'

/**
 * The failure of a run in which every record errored, undefined for any other. The hook ended by itself and each record has its own reason,
 * so the outcomes stay as they are; but a run that computed nothing did not merely end with warnings.
 */
export function failureOfErrors(settled: readonly SettledRecord[]): RunFailure | undefined {
  const errors = settled.flatMap(({ outcome }) => (outcome.status === 'ERRORED' ? [outcome] : []))
  if (errors.length === 0 || errors.length < settled.length) return undefined
  const [most = []] = [...Map.groupBy(errors, ({ reason }) => reason).values()].sort((a, b) => b.length - a.length)
  const [example] = most
  const all = errors.length === 1 ? 'The only record errored' : `All ${errors.length} records errored`
  const reason = most.length === errors.length ? 'for this reason' : `most often (${most.length} times) for this reason`
  return runFailure(example?.kind ?? 'HOOK_EXIT', `${all}, ${reason}: ${example?.reason}`)
}
