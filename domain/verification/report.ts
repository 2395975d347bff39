import type { Json, JsonObject } from '@strata/domain/shared'
import { adviceFor } from './finding.ts'
import { findingCount, type LastVerifications, type Verification } from './verification.ts'

/** The report of a verification. `finishedAt` is null while it runs, and if it was interrupted. */
export function reportOf(verification: Verification): JsonObject {
  const { id, sample, startedAt, finishedAt, counts, findings, checks } = verification
  return {
    id,
    sample: sample ?? null,
    startedAt,
    finishedAt: finishedAt ?? null,
    findingCount: findingCount(verification),
    counts: { ...counts },
    findings: findings.map(({ kind, subject, detail }) => ({ kind, subject, detail, advice: adviceFor[kind] })),
    checks: checks.map(({ name, of, checked, done, skipped }): Json => ({ name, of, checked, done, skipped: skipped ?? null })),
  }
}

/** The report of the last finished verification, with that of a later, unfinished one in `underWay`. */
export function lastReport({ finished, underWay }: LastVerifications): JsonObject | undefined {
  if (finished === undefined) return underWay && { ...reportOf(underWay), underWay: null }
  return { ...reportOf(finished), underWay: underWay === undefined ? null : reportOf(underWay) }
}
