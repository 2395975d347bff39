import type { FindingKind, VerificationFinding } from './finding.ts'

/** In the order in which they are made: what others rest on comes first. */
export const checkNames = ['guards', 'registry', 'records', 'runs', 'rows', 'counts', 'files', 'outputs', 'removals'] as const
export type CheckName = (typeof checkNames)[number]

/** `1%` of the records, runs and files, or so many of each. */
export type Sample = { readonly kind: 'part'; readonly percent: number } | { readonly kind: 'number'; readonly count: number }

/** Which of the things of one kind are looked at: those whose hash with the seed is below the limit; without one, all. */
export interface Selection {
  readonly seed: string
  readonly below: string | undefined
}

/** One look through the archive, as far as it has come. Kept, so that it goes on where it stopped. */
export interface Verification {
  readonly id: string
  readonly sample: string | undefined
  readonly startedAt: string
  readonly finishedAt: string | undefined
  readonly checks: readonly CheckProgress[]
  /** How many of each kind, exactly. */
  readonly counts: Readonly<Partial<Record<FindingKind, number>>>
  /** The first of each kind, with what to do. */
  readonly findings: readonly VerificationFinding[]
}

export interface CheckProgress {
  readonly name: CheckName
  /** Why it is left out; a sample has no counts to compare, for example. */
  readonly skipped: string | undefined
  readonly selection: Selection | undefined
  /** How many there were when it began. */
  readonly of: number
  readonly checked: number
  /** The last that was looked at. */
  readonly after: string | undefined
  readonly done: boolean
}

/** What one check looks at, a page at a time. */
export interface Check {
  readonly name: CheckName
  /** Whether it can look at some of its items only. One that cannot and takes long is left out of samples. */
  readonly inSamples: 'SELECTED' | 'WHOLE' | 'LEFT_OUT'
  /** How many there are, and the limit that selects a sample of them. */
  measure(seed: string, sample: Sample | undefined): Promise<{ readonly of: number; readonly selection: Selection }>
  /** The items after that one; `next` is undefined when these were the last. */
  page(after: string | undefined, selection: Selection, signal: AbortSignal): Promise<CheckedPage>
}

interface CheckedPage {
  readonly checked: number
  readonly next: string | undefined
  readonly findings: readonly VerificationFinding[]
}

/** Port: verifications as they are kept. */
export interface VerificationStore {
  /** The newest that has not ended, if it is the newest of all. */
  unfinished(): Promise<Verification | undefined>
  begin(verification: Verification): Promise<void>
  save(verification: Verification): Promise<void>
}

/** Port: what was found the last time. */
export interface VerificationReports {
  last(): Promise<LastVerifications>
}

export interface LastVerifications {
  /** The newest that ended. */
  readonly finished: Verification | undefined
  /** The newest of all, if it has not ended. */
  readonly underWay: Verification | undefined
}

export function findingCount({ counts }: Pick<Verification, 'counts'>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
