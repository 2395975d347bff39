import type { ReportVerdicts, Verdict } from '@strata/domain/record'
import type { Slug } from '@strata/domain/shared'
import { maxBatchSize, type Origin } from '../batch/batch.ts'
import type { CandidateStore, WaitingCandidate, WhichCandidates } from './candidate-store.ts'
import { startBatch, type LiveRelease, type StartBatchPorts } from '../batch/start-batch.ts'
import { judge, type HookStanding } from '../result/verdict.ts'

export interface DecidePorts extends StartBatchPorts {
  readonly candidates: CandidateStore
  readonly report: ReportVerdicts
}

export interface Decided {
  readonly decided: number
  /** Started again with the live release, because the release they waited for is no longer live. */
  readonly restarted: number
  /** Waiting until the machinery works and a run is retried. */
  readonly stuck: number
}

/**
 * Notifies the origins of candidates of new verdicts. Called when a verdict may have changed: a run ended, a live pointer
 * moved, or a convention was deployed.
 */
export async function decideCandidates(ports: DecidePorts, which: WhichCandidates, origin: Origin): Promise<Decided> {
  const waiting = await ports.candidates.claim(which)
  const live = await liveOf(ports, waiting)
  const verdicts: Verdict[] = []
  const again: Again[] = []
  let stuck = 0
  for (const candidate of waiting) {
    const hooks = withoutGone(candidate, live)
    const judged = judge(hooks)
    if (judged === 'STUCK') {
      const moved = hooks.filter(
        (standing) => standing.status === 'BROKEN' && liveRelease(candidate, standing, live) !== standing.releaseId,
      )
      for (const { hook } of moved) again.push({ candidate, hook })
      if (moved.length === 0) stuck += 1
    } else if (judged !== 'WAITING') verdicts.push({ candidate: candidate.id, ...judged })
  }
  await startAgain(ports, again, origin)
  await tell(ports, verdicts)
  return { decided: verdicts.length, restarted: again.length, stuck }
}

interface Again {
  readonly candidate: WaitingCandidate
  readonly hook: HookStanding['hook']
}

type Live = ReadonlyMap<Slug, readonly LiveRelease[]>

async function liveOf({ liveReleases }: DecidePorts, waiting: readonly WaitingCandidate[]): Promise<Live> {
  const live = new Map<Slug, readonly LiveRelease[]>()
  for (const convention of new Set(waiting.map((candidate) => candidate.convention))) {
    live.set(convention, await liveReleases.ofConvention(convention))
  }
  return live
}

function liveRelease({ convention }: WaitingCandidate, { hook }: HookStanding, live: Live): string | undefined {
  return live.get(convention)?.find((one) => one.hook === hook)?.releaseId
}

/** A hook that was removed from the convention and cannot run does not delay a verdict; its existing findings count. */
function withoutGone(candidate: WaitingCandidate, live: Live): readonly HookStanding[] {
  return candidate.hooks.filter((standing) => standing.status !== 'BROKEN' || liveRelease(candidate, standing, live) !== undefined)
}

async function startAgain(ports: DecidePorts, again: readonly Again[], origin: Origin): Promise<void> {
  const groups = Map.groupBy(again, ({ candidate, hook }) => `${candidate.convention}/${candidate.priority}/${hook}`)
  for (const group of groups.values()) {
    const [first] = group
    if (first === undefined) continue
    const { convention, priority } = first.candidate
    const recordIds = group.map(({ candidate }) => candidate.id)
    const cause = { kind: 'another release' } as const
    for (let i = 0; i < recordIds.length; i += maxBatchSize) {
      const some = recordIds.slice(i, i + maxBatchSize)
      await startBatch(ports, { convention, recordIds: some, candidates: true, priority, cause, hooks: [first.hook] }, origin)
    }
  }
}

async function tell({ candidates, report }: DecidePorts, verdicts: readonly Verdict[]): Promise<void> {
  if (verdicts.length === 0) return
  const [passed, refused] = [verdicts.filter(isPassed), verdicts.filter((verdict) => !isPassed(verdict))]
  await candidates.decide(
    passed.map(({ candidate }) => candidate),
    'PASSED',
  )
  await candidates.decide(
    refused.map(({ candidate }) => candidate),
    'REFUSED',
  )
  await report(verdicts)
}

function isPassed({ findings }: Verdict): boolean {
  return findings.length === 0
}
