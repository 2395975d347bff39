import type { Json } from '@strata/domain/shared'
import type { FinishInput, HeldRun, SettledRecord } from '../result/held-run.ts'
import type { Outcome } from '../result/outcomes.ts'
import type { RunJson } from '../result/run-json.ts'
import { isWithinTolerance } from './compare-values.ts'
import {
  reproductionTolerance,
  type Comparison,
  type Difference,
  type FirstOutcome,
  type ReproducedRun,
  type ReproductionStore,
  type ReproductionVerdict,
} from './reproduction.ts'

/** Examples per kind of difference. */
const maxExamples = 10

/**
 * Compares the results of a run with those of the run that it reproduces, and stores only the comparison. If the machinery failed
 * or the run was cancelled, there are no results and no comparison.
 */
export async function compareResults(
  store: ReproductionStore,
  run: HeldRun & { readonly reproduces: string },
  { outcomes, inputDigest }: Pick<FinishInput, 'outcomes' | 'inputDigest'>,
  status: RunJson['status'],
): Promise<void> {
  if (status === 'ERROR' || status === 'CANCELLED') return
  const first = await store.first(run.reproduces)
  const isWhole = first.recordIds.length === run.expected.recordIds.length
  const about = { tolerance: reproductionTolerance, ...(isWhole ? {} : { sample: run.expected.recordIds.length }) }
  if (isWhole && first.inputDigest !== inputDigest) return store.add(run.id, { ...nothingCompared, ...about, verdict: 'INPUT_DIFFERS' })

  const compared = compareOutcomes(
    await store.outcomesOf(
      first.id,
      outcomes.map(({ id }) => id),
    ),
    outcomes,
  )
  const rows = await compareRows(store, run, first, compared.withRows)
  await store.add(run.id, {
    ...about,
    ...rows,
    verdict: verdictOf(compared.differing.length, rows),
    recordsCompared: outcomes.length,
    recordsWithoutRows: compared.withoutRows,
    outcomesDiffering: compared.differing.length,
    examples: [...compared.differing.slice(0, maxExamples), ...rows.examples],
  })
}

const nothingCompared = {
  recordsCompared: 0,
  recordsWithoutRows: 0,
  outcomesDiffering: 0,
  rowsIdentical: 0n,
  rowsTolerated: 0n,
  rowsDiverged: 0n,
  examples: [],
}

function compareOutcomes(before: readonly FirstOutcome[], after: readonly SettledRecord[]) {
  const known = new Map(before.map((one) => [one.record, one]))
  const differing: Difference[] = []
  const withRows: string[] = []
  let withoutRows = 0
  for (const now of after) {
    const then = known.get(now.id)
    if (then === undefined) throw new Error(`the reproduced run has no outcome for record ${now.id}`)
    const isCounted = then.isKept || then.rows === now.rows
    if (!isSame(then.outcome, now.outcome) || !isCounted) {
      differing.push({
        kind: 'OUTCOME',
        record: now.id,
        before: described(then.outcome, then.rows),
        after: described(now.outcome, now.rows),
      })
    } else if (then.outcome.status === 'PASSED') {
      if (then.isKept) withRows.push(now.id)
      else withoutRows += 1
    }
  }
  return { differing, withRows, withoutRows }
}

/** The reason of a rejection is a result of the hook; the text of an error is not. */
function isSame(before: Outcome, after: Outcome): boolean {
  if (before.status === 'REJECTED' && after.status === 'REJECTED') return before.reason === after.reason
  return before.status === after.status
}

function described(outcome: Outcome, rows: number): Json {
  return { status: outcome.status, rows, ...('reason' in outcome ? { reason: outcome.reason } : {}) }
}

type RowCounts = Pick<Comparison, 'rowsIdentical' | 'rowsTolerated' | 'rowsDiverged' | 'examples'>

async function compareRows(store: ReproductionStore, run: HeldRun, first: ReproducedRun, records: readonly string[]): Promise<RowCounts> {
  const examples: Difference[] = []
  let tolerated = 0
  let diverged = 0
  let lost = 0
  for await (const rows of store.unequalRows({ first: first.id, run, records })) {
    for (const { record, ordinal, before, after } of rows) {
      if (after === null) lost += 1
      if (isWithinTolerance(before, after, reproductionTolerance)) {
        tolerated += 1
        continue
      }
      diverged += 1
      if (examples.length < maxExamples) examples.push({ kind: 'ROW', record, ordinal, before: brief(before), after: brief(after) })
    }
  }
  const found = await store.countRows(records)
  return {
    rowsIdentical: BigInt(found - tolerated - diverged + lost),
    rowsTolerated: BigInt(tolerated),
    rowsDiverged: BigInt(diverged),
    examples,
  }
}

function verdictOf(outcomesDiffering: number, { rowsDiverged, rowsTolerated }: RowCounts): ReproductionVerdict {
  if (outcomesDiffering > 0 || rowsDiverged > 0n) return 'DIVERGED'
  return rowsTolerated > 0n ? 'WITHIN_TOLERANCE' : 'IDENTICAL'
}

/** Shortens examples: the full rows can be read elsewhere. */
function brief(row: Json): Json {
  const text = JSON.stringify(row)
  return text.length <= 4_000 ? row : { 'too long to show': `${text.length} characters` }
}
