import { randomBytes, randomUUIDv7 } from 'node:crypto'
import type { FindingKind, VerificationFinding } from './finding.ts'
import {
  checkNames,
  type Check,
  type CheckName,
  type CheckProgress,
  type Sample,
  type Verification,
  type VerificationStore,
} from './verification.ts'

export interface VerifyPorts {
  readonly store: VerificationStore
  readonly checks: readonly Check[]
}

export interface VerifyInput {
  readonly sample: Sample | undefined
  /** Start over even if a verification was interrupted. */
  readonly restart: boolean
  readonly signal: AbortSignal
  readonly onProgress?: (progress: VerifyProgress) => void
}

export interface VerifyProgress {
  readonly verification: Verification
  readonly check: CheckProgress
  readonly resumed: boolean
}

/**
 * Verifies the whole archive or a sample of it page by page, and stores the progress and findings after each page. Ends early when
 * asked to; the next call continues after the last stored page.
 */
export async function verifyArchive(
  { store, checks }: VerifyPorts,
  { sample, restart, signal, onProgress }: VerifyInput,
): Promise<Verification> {
  const unfinished = restart ? undefined : await store.unfinished()
  const resumed = unfinished !== undefined && unfinished.sample === printSample(sample) && hasAllChecks(unfinished)
  let state = resumed ? unfinished : begun(sample)
  if (!resumed) await store.begin(state)
  const keep = async (next: Verification) => {
    state = next
    await store.save(state)
  }

  try {
    for (const check of checks) {
      for (;;) {
        let progress = progressOf(state, check.name)
        if (progress.done || signal.aborted) break
        if (progress.selection === undefined) {
          progress = await beginCheck(check, sample, progress)
          await keep(withProgress(state, progress))
          onProgress?.({ verification: state, check: progress, resumed })
          continue
        }
        const page = await check.page(progress.after, progress.selection, signal)
        progress = {
          ...progress,
          checked: progress.checked + page.checked,
          after: page.next ?? progress.after,
          done: page.next === undefined,
        }
        await keep(withFindings(withProgress(state, progress), page.findings))
        onProgress?.({ verification: state, check: progress, resumed })
      }
    }
    if (!signal.aborted) await keep({ ...state, finishedAt: new Date().toISOString() })
  } catch (error) {
    // The next call repeats a page that was interrupted.
    if (!signal.aborted) throw error
  }
  return state
}

/** The number of findings of each kind in the report. All are counted. */
const namedOfEachKind = 200

function printSample(sample: Sample | undefined): string | undefined {
  if (sample === undefined) return undefined
  return sample.kind === 'part' ? `${sample.percent}%` : String(sample.count)
}

/** A verification that another version of the archive started may have other checks. */
function hasAllChecks({ checks }: Verification): boolean {
  return checkNames.every((name) => checks.some((check) => check.name === name))
}

function begun(sample: Sample | undefined): Verification {
  return {
    id: randomUUIDv7(),
    sample: printSample(sample),
    startedAt: new Date().toISOString(),
    finishedAt: undefined,
    checks: checkNames.map((name) => ({
      name,
      skipped: undefined,
      selection: undefined,
      of: 0,
      checked: 0,
      after: undefined,
      done: false,
    })),
    counts: {},
    findings: [],
  }
}

async function beginCheck(check: Check, sample: Sample | undefined, progress: CheckProgress): Promise<CheckProgress> {
  const seed = BigInt.asIntN(63, BigInt(`0x${randomBytes(8).toString('hex')}`)).toString()
  if (sample !== undefined && check.inSamples === 'LEFT_OUT') {
    return { ...progress, selection: { seed, below: undefined }, skipped: 'This compares totals, which a sample has not.', done: true }
  }
  return { ...progress, ...(await check.measure(seed, check.inSamples === 'SELECTED' ? sample : undefined)) }
}

function progressOf({ checks }: Verification, name: CheckName): CheckProgress {
  const progress = checks.find((check) => check.name === name)
  if (progress === undefined) throw new Error(`a verification has no check "${name}"`)
  return progress
}

function withProgress(state: Verification, progress: CheckProgress): Verification {
  return { ...state, checks: state.checks.map((check) => (check.name === progress.name ? progress : check)) }
}

function withFindings(state: Verification, found: readonly VerificationFinding[]): Verification {
  const counts: Partial<Record<FindingKind, number>> = { ...state.counts }
  const findings = [...state.findings]
  for (const finding of found) {
    const count = (counts[finding.kind] ?? 0) + 1
    counts[finding.kind] = count
    if (count <= namedOfEachKind) findings.push({ ...finding, detail: brief(finding.detail) })
  }
  return { ...state, counts, findings }
}

function brief(detail: string): string {
  return detail.length <= 1_000 ? detail : `${detail.slice(0, 999).toWellFormed()}…`
}
