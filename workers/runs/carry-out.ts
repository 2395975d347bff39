import {
  decideAfterFailure,
  runFailure,
  type FailureAction,
  type FailureFacts,
  type OutputFile,
  type Outcome,
  type RunFailure,
  type SettledRecord,
  type TakenRun,
} from '@strata/domain/run'
import type { Digest } from '@strata/domain/shared'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HeldLease } from './hold-lease.ts'
import { makeAttempt, type MadeAttempt, type Part } from './make-attempt.ts'
import type { RunPorts } from './ports.ts'

/** All that a run came to, before anything of it is kept for good. */
export interface CarriedOut {
  readonly settled: readonly SettledRecord[]
  readonly files: readonly OutputFile[]
  readonly staged: readonly string[]
  readonly inputDigest?: Digest
  readonly executed?: Digest
  readonly failure?: RunFailure
}

/** A part, and what was tried with it so far. */
interface OpenPart extends Omit<Part, 'maxOutputBytes'> {
  readonly oomRetries: number
  readonly faultRetries: number
  readonly awayRetries: number
  readonly delayMs: number
}

type Kept = Pick<CarriedOut, 'settled' | 'files' | 'staged'>

/**
 * Makes attempts until each record has a result or the run has failed. A runner says what happened, the policy what to
 * do, and this does it; parts of a bisected batch wait in a row, so at most one attempt of a run is under way.
 */
export async function carryOut(ports: RunPorts, run: TakenRun, held: HeldLease, room: Room): Promise<CarriedOut> {
  let open: readonly OpenPart[] = [firstPart(run)]
  let kept: Kept = { settled: [], files: [], staged: [] }
  let facts: Pick<CarriedOut, 'inputDigest' | 'executed'> = {}
  let number = run.attempts.length
  let crashesInRow = 0
  let hasFinished = false
  let fruitlessMs = 0
  let spentMs = 0
  let bytes = 0

  for (let [part, ...rest] = open; part !== undefined; [part, ...rest] = open) {
    open = rest
    if (part.delayMs > 0) await waitWithout(room, part.delayMs, held.signal)
    await room.ensure(part.memoryBytes)
    number += 1
    if (spentMs >= ports.maxRunSeconds * 1_000)
      return {
        ...kept,
        ...facts,
        settled: kept.settled.concat(
          blamed(
            [part, ...rest].flatMap(({ ids }) => ids),
            outOfTime(ports),
          ),
        ),
      }
    const maxOutputBytes = Math.min(ports.pace.maxOutputBytes, ports.maxRunBytes - bytes)
    if (maxOutputBytes <= 0) return { ...kept, ...facts, failure: outgrown(ports) }
    const began = performance.now()
    const made = await makeAttempt(ports, run, held, number, { ...part, maxOutputBytes })
    const tookMs = made.runnerAway ? 0 : performance.now() - began
    spentMs += tookMs
    hasFinished ||= made.settled.length > 0
    fruitlessMs = made.settled.length > 0 ? 0 : fruitlessMs + tookMs
    bytes += made.bytes
    kept = {
      settled: kept.settled.concat(made.settled),
      files: kept.files.concat(made.files),
      staged: made.staged === undefined ? kept.staged : [...kept.staged, made.staged],
    }
    // The first attempt of a lease is over the whole batch, and so is its digest.
    facts = { inputDigest: facts.inputDigest ?? made.inputDigest, ...(made.executed === undefined ? {} : { executed: made.executed }) }
    if (made.failure === undefined) {
      crashesInRow = 0
      continue
    }

    if (made.outgrew && maxOutputBytes < ports.pace.maxOutputBytes) return { ...kept, ...facts, failure: outgrown(ports) }
    crashesInRow = made.settled.length > 0 ? 0 : crashesInRow + 1
    const unfinished = withoutResult(part, made)
    const spent = { hasFinished, fruitlessSeconds: fruitlessMs / 1_000, crashesInRow }
    const action = decide(ports, run, part, made, made.failure, unfinished.length, spent)
    if (action.action === 'fail' || action.action === 'cancel') return { ...kept, ...facts, failure: action.failure }
    if (action.action === 'error-record')
      kept = { ...kept, settled: kept.settled.concat(blamed(unfinished, { ...action, kind: made.failure.kind })) }
    else if (action.action === 'give-up') {
      const ids = [...unfinished, ...rest.flatMap((one) => one.ids)]
      return { ...kept, ...facts, settled: kept.settled.concat(blamed(ids, { ...action, kind: made.failure.kind, retryable: false })) }
    } else open = [...nextParts(part, unfinished, action), ...open]
    if (action.action === 'wait') await untilBack(ports, run, room, made.failure, held.signal)
  }
  return { ...kept, ...facts }
}

/** The place that the run has on this machine; it is given up while nothing is executed. */
export interface Room {
  ensure(memoryBytes: number): Promise<void>
  leave(): void
}

function firstPart(run: TakenRun): OpenPart {
  const tried = run.attempts.length > 0
  return {
    ids: run.recordIds,
    because: tried ? 'again' : 'first',
    memoryBytes: run.memoryBytes,
    oomRetries: run.oomRetries,
    faultRetries: 0,
    awayRetries: 0,
    delayMs: 0,
  }
}

/** The failure of a part that had only the rest of the run's disk share. Its size then says nothing about its records. */
function outgrown({ maxRunBytes }: RunPorts): RunFailure {
  const message = `The attempts of this run wrote more than ${maxRunBytes} bytes together, which is the most that a run may have on disk (STRATA_RUN_MAX_OUTPUT). Have the hook write less for each record, or use smaller batches.`
  return runFailure('INVALID_OUTPUT', message)
}

/** What the run had no time left for may well succeed in a run of its own. */
function outOfTime({ maxRunSeconds }: RunPorts) {
  const reason = `The run was over before this record's turn: it had used the ${maxRunSeconds} seconds of wall time that a run may have (STRATA_RUN_MAX_SECONDS).`
  return { reason, retryable: true, kind: 'TIMEOUT' } as const
}

function withoutResult(part: Pick<Part, 'ids'>, made: MadeAttempt): readonly string[] {
  const done = new Set(made.settled.map(({ id }) => id))
  return part.ids.filter((id) => !done.has(id))
}

function decide(
  { policy }: RunPorts,
  run: TakenRun,
  part: OpenPart,
  made: MadeAttempt,
  failure: RunFailure,
  unfinished: number,
  spent: Pick<FailureFacts, 'hasFinished' | 'fruitlessSeconds' | 'crashesInRow'>,
): FailureAction {
  const { memoryBytes, oomRetries, faultRetries, awayRetries } = part
  const { runnerAway } = made
  const batch = { records: run.recordIds.length, timeoutSeconds: run.release.runtime.limits.timeoutSeconds }
  const facts = {
    failure,
    unfinished,
    finished: made.settled.length,
    memoryBytes,
    oomRetries,
    faultRetries,
    runnerAway,
    awayRetries,
    ...batch,
    ...spent,
  }
  return decideAfterFailure(facts, policy, Math.random)
}

function blamed(
  ids: readonly string[],
  { reason, retryable, kind }: Omit<Extract<Outcome, { status: 'ERRORED' }>, 'status'> & Pick<RunFailure, 'kind'>,
): SettledRecord[] {
  return ids.map((id) => ({ id, outcome: { status: 'ERRORED', reason, retryable, kind }, rows: 0 }))
}

function nextParts(
  part: OpenPart,
  ids: readonly string[],
  action: Extract<FailureAction, { action: 'retry' | 'wait' | 'bisect' | 'probe' }>,
): OpenPart[] {
  switch (action.action) {
    case 'retry': {
      const { because, memoryBytes, delayMs } = action
      const oomRetries = part.oomRetries + (because === 'oom' ? 1 : 0)
      const faultRetries = part.faultRetries + (because === 'fault' ? 1 : 0)
      // All that is left may have been finished before the hook was stopped.
      return ids.length === 0 ? [] : [{ ...part, ids, because, memoryBytes, delayMs, oomRetries, faultRetries }]
    }
    case 'wait':
      return ids.length === 0 ? [] : [{ ...part, ids, because: 'fault', delayMs: 0, awayRetries: part.awayRetries + 1 }]
    case 'bisect':
    case 'probe': {
      const alone = action.action === 'probe' ? 1 : 0
      const half = alone + Math.ceil((ids.length - alone) / 2)
      const parts = [ids.slice(0, alone), ids.slice(alone, half), ids.slice(half)].filter((some) => some.length > 0)
      return parts.map((some) => ({ ...part, ids: some, because: 'bisect' as const, delayMs: 0 }))
    }
    default:
      return action satisfies never
  }
}

/** Waits with the run's lease but without its place on the machine, so other runs go on meanwhile. */
async function untilBack({ readiness }: RunPorts, run: TakenRun, room: Room, failure: RunFailure, signal: AbortSignal): Promise<void> {
  room.leave()
  await readiness.untilBack(run.release.runtime.type, failure.message, signal)
}

async function waitWithout(room: Room, delayMs: number, signal: AbortSignal): Promise<void> {
  room.leave()
  // Whatever interrupts the wait is found by the attempt that follows.
  await sleep(delayMs, undefined, { signal }).catch(() => {})
}
