import { runFailure, type FailureKind, type RunFailure } from './failure.ts'

export interface FailurePolicy {
  /** How often the memory may be doubled. */
  readonly maxOomRetries: number
  /** The maximum memory of an attempt. */
  readonly maxMemoryBytes: number
  /** How often a fault of the machinery is retried. */
  readonly maxFaultRetries: number
  /** How often the runner may become unavailable during the same part. After that, the part itself may be the cause. */
  readonly maxAwayRetries: number
  readonly backoff: { readonly firstMs: number; readonly atMostMs: number }
  /** Consecutive crashes without a finished record, after which the hook itself counts as broken. */
  readonly maxCrashesInRow: number
  /** The same for a run that has not finished any record, so that nothing shows that the hook works. */
  readonly maxCrashesAtFirst: number
}

export const defaultFailurePolicy: FailurePolicy = {
  maxOomRetries: 3,
  maxMemoryBytes: 16 * 2 ** 30,
  maxFaultRetries: 3,
  maxAwayRetries: 50,
  backoff: { firstMs: 1_000, atMostMs: 60_000 },
  // Halving 1,000 records down to the bad one takes 11 crashes; a few more if bad records are adjacent.
  maxCrashesInRow: 16,
  maxCrashesAtFirst: 8,
}

/** What is known when an attempt has failed. The counts are of the records of the attempt, not of the whole batch. */
export interface FailureFacts {
  readonly failure: RunFailure
  /** Records without a result, after finished ones were kept (kept-work.ts). */
  readonly unfinished: number
  /** Records that this attempt finished and that were kept. */
  readonly finished: number
  readonly memoryBytes: number
  readonly oomRetries: number
  readonly faultRetries: number
  /** Including this attempt. */
  readonly crashesInRow: number
  /** The engine or the cluster did not answer, or became unavailable during the attempt. */
  readonly runnerAway: boolean
  /** How often that happened to this part before. */
  readonly awayRetries: number
  /** The hook's time limit per attempt and the size of the batch, which determine the run's budget of wall time. */
  readonly timeoutSeconds: number
  readonly records: number
  /** Whether the run has finished any record. */
  readonly hasFinished: boolean
  /** How long hooks have run since the run last finished a record, including this attempt. */
  readonly fruitlessSeconds: number
}

export type FailureAction =
  /** Retry the unfinished records. `because` is recorded in run.json, where retries are counted. */
  | { readonly action: 'retry'; readonly because: 'oom' | 'fault' | 'continued'; readonly memoryBytes: number; readonly delayMs: number }
  /** Retry the unfinished records when the runner is back. This does not count as a retry, because the hook is not at fault. */
  | { readonly action: 'wait' }
  /** Split the unfinished records into two halves. */
  | { readonly action: 'bisect' }
  /** The same, but first run the first record alone: a hook that processes records in order was stopped at that one. */
  | { readonly action: 'probe' }
  /** Only one record is left, so it is the cause. */
  | { readonly action: 'error-record'; readonly reason: string; readonly retryable: boolean }
  /** All unfinished records of the run get this error; finished ones keep their results. */
  | { readonly action: 'give-up'; readonly reason: string }
  | { readonly action: 'fail'; readonly failure: RunFailure }
  | { readonly action: 'cancel'; readonly failure: RunFailure }

/** Maps facts to one action. `jitter` returns 0 to 1 and spreads the retries of one fault over time. */
export function decideAfterFailure(facts: FailureFacts, policy: FailurePolicy, jitter: () => number): FailureAction {
  const { failure } = facts
  if (facts.runnerAway && failure.kind !== 'CANCELLED')
    return facts.awayRetries < policy.maxAwayRetries ? { action: 'wait' } : failed(failure)
  switch (failure.kind) {
    case 'OOM':
      return moreMemory(facts, policy) ?? blame(facts, policy)
    case 'TIMEOUT':
      // A record that may only have been slow is computed again by a follow-up run, so this attempt is not repeated.
      return continued(facts) ?? blame(facts, policy)
    case 'RUNTIME':
    case 'UPSTREAM':
    case 'UNKNOWN':
      return retried(facts, policy, jitter) ?? failed(failure)
    case 'HOOK_EXIT':
    case 'INVALID_OUTPUT':
      return blame(facts, policy)
    case 'IMAGE_PULL':
    case 'CONFIG':
    case 'PERMISSION':
      return failed(failure)
    case 'CANCELLED':
      return { action: 'cancel', failure }
  }
}

function moreMemory({ oomRetries, memoryBytes }: FailureFacts, policy: FailurePolicy): FailureAction | undefined {
  const more = Math.min(memoryBytes * 2, policy.maxMemoryBytes)
  if (oomRetries >= policy.maxOomRetries || more <= memoryBytes) return undefined
  return { action: 'retry', because: 'oom', memoryBytes: more, delayMs: 0 }
}

/** A long batch continues where it was stopped. Each such attempt finishes at least one record, so this terminates. */
function continued({ finished, unfinished, memoryBytes }: FailureFacts): FailureAction | undefined {
  if (finished === 0 || unfinished === 0) return undefined
  return { action: 'retry', because: 'continued', memoryBytes, delayMs: 0 }
}

function retried(facts: FailureFacts, { maxFaultRetries, backoff }: FailurePolicy, jitter: () => number): FailureAction | undefined {
  if (facts.faultRetries >= maxFaultRetries) return undefined
  const wait = Math.min(backoff.firstMs * 2 ** facts.faultRetries, backoff.atMostMs)
  // A random delay between half and all of the backoff, never zero.
  return { action: 'retry', because: 'fault', memoryBytes: facts.memoryBytes, delayMs: Math.round(wait * (0.5 + jitter() / 2)) }
}

/** Some unfinished record crashes the hook: narrow it down to one, unless the hook crashes on every record. */
function blame(facts: FailureFacts, policy: FailurePolicy): FailureAction {
  const { failure, unfinished, crashesInRow, hasFinished } = facts
  if (crashesInRow >= (hasFinished ? policy.maxCrashesInRow : policy.maxCrashesAtFirst)) {
    const said = `The hook failed ${crashesInRow} times in a row on different records. The last failure: ${failure.message}`
    return failed(runFailure(failure.kind, said))
  }
  if (facts.fruitlessSeconds >= fruitlessBudget(facts)) return givenUp(facts)
  if (unfinished > 2 && (failure.kind === 'TIMEOUT' || !hasFinished)) return { action: 'probe' }
  if (unfinished > 1) return { action: 'bisect' }
  if (unfinished === 1) return { action: 'error-record', reason: failure.message, retryable: retryable.has(failure.kind) }
  return failed(failure)
}

/** Before the first finished record, enough time for two bad records to run into the time limit. */
const attemptsAtFirst = 5

/**
 * The wall time in seconds that a run may spend without finishing a record. It lets a working hook find one bad record in its
 * batch by halving, and run into the time limit on it.
 */
function fruitlessBudget({
  timeoutSeconds,
  records,
  hasFinished,
}: Pick<FailureFacts, 'timeoutSeconds' | 'records' | 'hasFinished'>): number {
  return timeoutSeconds * (hasFinished ? Math.max(attemptsAtFirst, 2 + Math.ceil(Math.log2(records))) : attemptsAtFirst)
}

function givenUp(facts: FailureFacts): FailureAction {
  const { failure, fruitlessSeconds, timeoutSeconds, hasFinished } = facts
  const spent = `The hook ran for ${Math.round(fruitlessSeconds)} seconds without finishing a record, which uses up this run's budget of ${fruitlessBudget(facts)} seconds (its time limit is ${timeoutSeconds} seconds).`
  const said = `${spent} The last failure: ${failure.message}`
  return hasFinished ? { action: 'give-up', reason: said } : failed(runFailure(failure.kind, said))
}

/** Another try, later or with more memory, may succeed. */
const retryable: ReadonlySet<FailureKind> = new Set<FailureKind>(['OOM', 'TIMEOUT'])

const whatToDo: Readonly<Partial<Record<FailureKind, string>>> = {
  IMAGE_PULL: 'Check that the registry can be reached from the worker and still has this digest, then retry the run.',
  CONFIG: 'Correct the hook and deploy it again; the next run uses the new release.',
  PERMISSION: 'Give the worker the permission that is missing, then retry the run.',
  RUNTIME: 'Check the log of the worker; when the machine works again, retry the run.',
  UPSTREAM: 'A service that the worker needs does not answer; when it does, retry the run.',
}

function failed({ kind, message }: RunFailure): FailureAction {
  const advice = whatToDo[kind]
  return { action: 'fail', failure: advice === undefined ? { kind, message } : runFailure(kind, `${message} ${advice}`) }
}
