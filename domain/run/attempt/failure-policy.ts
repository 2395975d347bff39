import { runFailure, type FailureKind, type RunFailure } from './failure.ts'

export interface FailurePolicy {
  /** How often a batch may be given twice the memory. */
  readonly maxOomRetries: number
  /** No attempt gets more, whatever it was doubled from. */
  readonly maxMemoryBytes: number
  /** How often a fault of the machinery is tried again. */
  readonly maxFaultRetries: number
  /** How often the runner may go away during the same part. After that, the part itself may be the reason. */
  readonly maxAwayRetries: number
  readonly backoff: { readonly firstMs: number; readonly atMostMs: number }
  /** Attempts that crashed one after the other without finishing one record; then the hook itself is broken. */
  readonly maxCrashesInRow: number
  /** The same while the run has not finished any record at all, so nothing says that the hook works. */
  readonly maxCrashesAtFirst: number
}

export const defaultFailurePolicy: FailurePolicy = {
  maxOomRetries: 3,
  maxMemoryBytes: 16 * 2 ** 30,
  maxFaultRetries: 3,
  maxAwayRetries: 50,
  backoff: { firstMs: 1_000, atMostMs: 60_000 },
  // Halving 1,000 records down to the poison one takes 11 crashes; a few more for poison that lies side by side.
  maxCrashesInRow: 16,
  maxCrashesAtFirst: 8,
}

/** What is known when an attempt failed. The counts are of the records it was given, not of the whole batch. */
export interface FailureFacts {
  readonly failure: RunFailure
  /** Records that still have no result, after finished ones were kept (kept-work.ts). */
  readonly unfinished: number
  /** Records that this attempt finished and that were kept. */
  readonly finished: number
  readonly memoryBytes: number
  readonly oomRetries: number
  readonly faultRetries: number
  /** With this attempt. */
  readonly crashesInRow: number
  /** The engine or the cluster did not answer, or went away during the attempt. */
  readonly runnerAway: boolean
  /** How often that happened to this part before. */
  readonly awayRetries: number
  /** The hook's time limit for one attempt, and how many records the batch has: what the run's budget of wall time comes from. */
  readonly timeoutSeconds: number
  readonly records: number
  /** Whether the run has finished any record. */
  readonly hasFinished: boolean
  /** How long hooks were executed since the run last finished a record, with this attempt. */
  readonly fruitlessSeconds: number
}

export type FailureAction =
  /** Again with what is unfinished. `because` goes into run.json, where retries are counted. */
  | { readonly action: 'retry'; readonly because: 'oom' | 'fault' | 'continued'; readonly memoryBytes: number; readonly delayMs: number }
  /** Try the unfinished records again when the runner is back. This costs no retry, because it says nothing about the hook. */
  | { readonly action: 'wait' }
  /** Each half of what is unfinished on its own. */
  | { readonly action: 'bisect' }
  /** The same, but before it the first record alone: a hook that takes records in their order was stopped at that one. */
  | { readonly action: 'probe' }
  /** The one record left is the culprit. */
  | { readonly action: 'error-record'; readonly reason: string; readonly retryable: boolean }
  /** Everything in the run that is still unfinished gets this error; what was finished counts. */
  | { readonly action: 'give-up'; readonly reason: string }
  | { readonly action: 'fail'; readonly failure: RunFailure }
  | { readonly action: 'cancel'; readonly failure: RunFailure }

/** Facts in, one action out. `jitter` gives 0 to 1, so that retries of one fault do not come all at once. */
export function decideAfterFailure(facts: FailureFacts, policy: FailurePolicy, jitter: () => number): FailureAction {
  const { failure } = facts
  if (facts.runnerAway && failure.kind !== 'CANCELLED')
    return facts.awayRetries < policy.maxAwayRetries ? { action: 'wait' } : failed(failure)
  switch (failure.kind) {
    case 'OOM':
      return moreMemory(facts, policy) ?? blame(facts, policy)
    case 'TIMEOUT':
      // A record that may only have been slow is computed again by a run of its own, so no attempt is repeated here.
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

/** A batch that is merely long goes on where it was stopped. Each such attempt finishes a record, so it comes to an end. */
function continued({ finished, unfinished, memoryBytes }: FailureFacts): FailureAction | undefined {
  if (finished === 0 || unfinished === 0) return undefined
  return { action: 'retry', because: 'continued', memoryBytes, delayMs: 0 }
}

function retried(facts: FailureFacts, { maxFaultRetries, backoff }: FailurePolicy, jitter: () => number): FailureAction | undefined {
  if (facts.faultRetries >= maxFaultRetries) return undefined
  const wait = Math.min(backoff.firstMs * 2 ** facts.faultRetries, backoff.atMostMs)
  // Between half the wait and all of it: spread out, and never at once.
  return { action: 'retry', because: 'fault', memoryBytes: facts.memoryBytes, delayMs: Math.round(wait * (0.5 + jitter() / 2)) }
}

/** Something in what is unfinished brings the hook down: narrow it to one record, unless the hook falls over everything. */
function blame(facts: FailureFacts, policy: FailurePolicy): FailureAction {
  const { failure, unfinished, crashesInRow, hasFinished } = facts
  if (crashesInRow >= (hasFinished ? policy.maxCrashesInRow : policy.maxCrashesAtFirst)) {
    const said = `The hook failed ${crashesInRow} times in a row, whichever records it was given, the last time so: ${failure.message}`
    return failed(runFailure(failure.kind, said))
  }
  if (facts.fruitlessSeconds >= fruitlessBudget(facts)) return givenUp(facts)
  if (unfinished > 2 && (failure.kind === 'TIMEOUT' || !hasFinished)) return { action: 'probe' }
  if (unfinished > 1) return { action: 'bisect' }
  if (unfinished === 1) return { action: 'error-record', reason: failure.message, retryable: retryable.has(failure.kind) }
  return failed(failure)
}

/** While nothing says that the hook works, enough time to be stopped by two bad records. */
const attemptsAtFirst = 5

/**
 * The wall time, in seconds, that a run may spend without finishing a record. A hook that works gets enough to find one bad record in its
 * batch, by halving, and to be stopped by it.
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

/** Another try, later or with more, may well succeed. */
const retryable: ReadonlySet<FailureKind> = new Set<FailureKind>(['OOM', 'TIMEOUT'])

const whatToDo: Readonly<Partial<Record<FailureKind, string>>> = {
  IMAGE_PULL: 'Check that the registry can be reached from the worker and still has this digest, then retry the run.',
  CONFIG: 'Correct the hook and deploy it again; the next run uses the new release.',
  PERMISSION: 'Give the worker the permission that is missing, then retry the run.',
  RUNTIME: 'Look at the log of the worker; when the machine is well again, retry the run.',
  UPSTREAM: 'What the worker depends on does not answer; when it does, retry the run.',
}

function failed({ kind, message }: RunFailure): FailureAction {
  const advice = whatToDo[kind]
  return { action: 'fail', failure: advice === undefined ? { kind, message } : runFailure(kind, `${message} ${advice}`) }
}
