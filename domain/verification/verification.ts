import type { FindingKind, VerificationFinding } from './finding.ts'

/** In the order in which they run: later checks rely on earlier ones. */
export const checkNames = ['guards', 'registry', 'records', 'runs', 'rows', 'counts', 'files', 'outputs', 'removals'] as const
export type CheckName = (typeof checkNames)[number]

/** A percentage of the records, runs and files, or a number of each. */
export type Sample = { readonly kind: 'part'; readonly percent: number } | { readonly kind: 'number'; readonly count: number }

/** Selects items of one kind: those whose hash with the seed is below the limit; all without a limit. */
export interface Selection {
  readonly seed: string
  readonly below: string | undefined
}

/** A verification and its progress, stored so that it can resume. */
export interface Verification {
  readonly id: string
  readonly sample: string | undefined
  readonly startedAt: string
  readonly finishedAt: string | undefined
  readonly checks: readonly CheckProgress[]
  /** The exact number of findings by kind. */
  readonly counts: Readonly<Partial<Record<FindingKind, number>>>
  /** The first findings of each kind, with instructions. */
  readonly findings: readonly VerificationFinding[]
}

export interface CheckProgress {
  readonly name: CheckName
  /** Why it is skipped: for example, a sample has no totals to compare. */
  readonly skipped: string | undefined
  readonly selection: Selection | undefined
  /** The number of items at the start. */
  readonly of: number
  readonly checked: number
  /** The last checked item. */
  readonly after: string | undefined
  readonly done: boolean
}

/** A check that goes through items page by page. */
export interface Check {
  readonly name: CheckName
  /** Whether it can check only some of its items. A check that cannot and takes long is left out of samples. */
  readonly inSamples: 'SELECTED' | 'WHOLE' | 'LEFT_OUT'
  /** The number of items, and the limit that selects a sample of them. */
  measure(seed: string, sample: Sample | undefined): Promise<{ readonly of: number; readonly selection: Selection }>
  /** The items after the given one; `next` is undefined after the last page. */
  page(after: string | undefined, selection: Selection, signal: AbortSignal): Promise<CheckedPage>
}

interface CheckedPage {
  readonly checked: number
  readonly next: string | undefined
  readonly findings: readonly VerificationFinding[]
}

/** Port: stored verifications. */
export interface VerificationStore {
  /** The newest verification, if it has not ended. */
  unfinished(): Promise<Verification | undefined>
  begin(verification: Verification): Promise<void>
  save(verification: Verification): Promise<void>
}

/** Port: reads the results of verifications. */
export interface VerificationReports {
  last(): Promise<LastVerifications>
}

export interface LastVerifications {
  /** The newest one that has ended. */
  readonly finished: Verification | undefined
  /** The newest of all, if it has not ended. */
  readonly underWay: Verification | undefined
}

export function findingCount({ counts }: Pick<Verification, 'counts'>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
