import { parseRunJson, refuseMismatch, InvalidRunJson, type ExpectedRun, type RunCounts, type RunJson } from '@strata/domain/run'
import { canonicalJson, type JsonObject } from '@strata/domain/shared'
import { finding, type VerificationFinding } from '../finding.ts'
import type { Check, Sample, Selection } from '../verification.ts'

/** Port: ended runs, with related data from other tables. */
export interface VerifiedRuns {
  measure(seed: string, sample: Sample | undefined): Promise<{ readonly of: number; readonly selection: Selection }>
  page(after: string | undefined, limit: number, selection: Selection): Promise<readonly RunFacts[]>
}

export interface RunFacts {
  readonly id: string
  readonly status: string
  readonly counts: RunCounts
  readonly inputDigest: string | undefined
  readonly outputDigest: string | undefined
  readonly oomRetries: number
  readonly failure: string | undefined
  readonly expected: Omit<ExpectedRun, 'inputDigest'>
  readonly runJson: JsonObject | undefined
  /** Whether it is a reproduction, which has no rows. */
  readonly isReproduction: boolean
  readonly outcomes: OutcomeFacts
  /** The first few records whose rows do not match the number in the outcome, or are not numbered from 0. */
  readonly oddRows: readonly { readonly record: string; readonly expected: number; readonly found: number }[]
  readonly oddRecords: number
  /** The members of its batch that are neither records nor candidates. */
  readonly missingRecords: readonly string[]
}

interface OutcomeFacts {
  readonly counts: RunCounts
  /** Outcomes of records that are not in its batch. */
  readonly strangers: number
  /** Records without an effective outcome of the release, although there must be one. */
  readonly withoutWinner: number
  /** Outcomes that were replaced although they were not errors. */
  readonly wronglyLost: number
}

const runsAtOnce = 25

export function runsCheck(runs: VerifiedRuns): Check {
  return {
    name: 'runs',
    inSamples: 'SELECTED',
    measure: (seed, sample) => runs.measure(seed, sample),
    async page(after, selection) {
      const page = await runs.page(after, runsAtOnce, selection)
      return {
        checked: page.length,
        next: page.length < runsAtOnce ? undefined : page.at(-1)?.id,
        findings: page.flatMap((run) => [...findingsOf(run)]),
      }
    },
  }
}

function* findingsOf(run: RunFacts): Generator<VerificationFinding> {
  yield* runJsonFindings(run)
  yield* outcomeFindings(run)
  const { missingRecords } = run
  if (missingRecords.length > 0) {
    yield finding(
      'RECORD_MISSING',
      `record:${missingRecords[0]}`,
      `The run ${run.id} of ${run.expected.hook} includes ${records(missingRecords.length)} that no longer exist; this is the first of them.`,
    )
  }
  const [odd] = run.oddRows
  if (odd !== undefined) {
    yield finding(
      'ROWS',
      `run:${run.id}`,
      `Of ${records(run.oddRecords)}, features.${run.expected.hook} has other rows than the outcome says: the record ${odd.record} should have ${odd.expected} and has ${odd.found}.`,
    )
  }
}

function* runJsonFindings(run: RunFacts): Generator<VerificationFinding> {
  const say = (detail: string) => finding('RUN_JSON', `run:${run.id}`, detail)
  if (run.runJson === undefined) {
    // A run whose result the database refused ends without one, and without rows.
    if (run.status === 'PASSED' || run.status === 'WARNINGS') yield say(`It is ${run.status} and has no run.json.`)
    return
  }
  const runJson = read(run.runJson, run.expected)
  if (typeof runJson === 'string') {
    yield say(runJson)
    return
  }
  const { counts } = runJson
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['status', run.status, runJson.status],
    ['input digest', run.inputDigest, runJson.inputDigest],
    ['output digest', run.outputDigest, runJson.outputDigest],
    ['number of out-of-memory retries', run.oomRetries, runJson.oomRetries],
    ['failure', run.failure, runJson.failure?.kind],
    ...countNames.map((name) => [`count of ${name}`, run.counts[name], counts[name]] as const),
  ]
  for (const [name, column, said] of pairs) {
    if (column !== said) yield say(`Its ${name} is ${String(column)} in hook_run and ${String(said)} in its run.json.`)
  }
}

const countNames = ['records', 'passed', 'empty', 'rejected', 'errored', 'rows'] as const

/** The document, or its fault. */
function read(json: JsonObject, expected: RunFacts['expected']): RunJson | string {
  try {
    // The database stores the value, not the text; the canonical text is the one that was written.
    const runJson = parseRunJson(canonicalJson(json))
    refuseMismatch(runJson, { ...expected, inputDigest: runJson.inputDigest })
    return runJson
  } catch (error) {
    if (error instanceof InvalidRunJson) return error.message
    throw error
  }
}

function* outcomeFindings(run: RunFacts): Generator<VerificationFinding> {
  const { outcomes, counts, isReproduction } = run
  const say = (detail: string) => finding('OUTCOMES', `run:${run.id}`, detail)
  const none = run.runJson === undefined || isReproduction
  for (const name of countNames) {
    const wanted = none ? 0 : counts[name]
    // A failed run may have no outcomes for its records; those that it has are counted.
    const total = name === 'records' && !none ? counts.passed + counts.empty + counts.rejected + counts.errored : wanted
    if (outcomes.counts[name] !== total)
      yield say(`It has ${outcomes.counts[name]} ${wordFor[name]} in run_outcome, and its run counted ${total}.`)
  }
  if (outcomes.strangers > 0) yield say(`${outcomes.strangers} of its outcomes are of records that are not in its batch.`)
  if (outcomes.withoutWinner > 0)
    yield say(`Of ${records(outcomes.withoutWinner)}, no outcome of this release is effective, although one must be.`)
  if (outcomes.wronglyLost > 0) yield say(`${outcomes.wronglyLost} of its outcomes were replaced although they were not errors.`)
}

const wordFor = {
  records: 'outcomes',
  passed: 'passed records',
  empty: 'empty records',
  rejected: 'rejected records',
  errored: 'records with errors',
  rows: 'rows',
} as const

function records(count: number): string {
  return count === 1 ? 'one record' : `${count} records`
}
