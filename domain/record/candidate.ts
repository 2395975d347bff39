import { randomUUIDv7 } from 'node:crypto'
import type { SchemaRef } from '@strata/domain/convention'
import type { Digest, Finding, JsonObject, Slug } from '@strata/domain/shared'
import type { RecordId } from './record.ts'

/** What would be a record if the hooks of its convention let it pass. Whose it is does not matter to them. */
interface Candidate {
  readonly id: CandidateId
  readonly metadata: JsonObject
  readonly files: readonly CandidateFile[]
}

interface CandidateFile {
  readonly name: string
  readonly digest: Digest
  readonly size: bigint
}

/** Candidates that are handed in together, at most a thousand. */
export interface CandidateBatch {
  readonly convention: Slug
  readonly schema: SchemaRef
  readonly candidates: readonly Candidate[]
  /** Whether a person waits for what becomes of them. */
  readonly isUrgent: boolean
}

/** A UUID (version 7); new with every attempt, so that a verdict on an earlier one is told from this one's. */
export type CandidateId = string & { readonly [candidateId]: true }
declare const candidateId: unique symbol

export function newCandidateId(): CandidateId {
  return randomUUIDv7() as string as CandidateId
}

export function isCandidateId(text: string): text is CandidateId {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)
}

/** The record that a candidate becomes keeps its id, and with it all that hooks made of it. */
export function recordIdOfCandidate(candidate: CandidateId): RecordId {
  return candidate as string as RecordId
}

/** Port: sees to it that the hooks of a convention look at candidates. */
export interface CandidateValidation {
  /** PASSED when no hook has to look at them; otherwise `ReportVerdicts` is called for each once its hooks have ended. */
  begin(batch: CandidateBatch): Promise<'PASSED' | 'WAITING'>
  /** Not awaited any more: runs for this candidate alone are ended. */
  abandon(candidate: CandidateId): Promise<void>
}

/** What the hooks made of a candidate: it passed when there are no findings. */
export interface Verdict {
  readonly candidate: CandidateId
  readonly findings: readonly Finding[]
}

/** Port: notifies the origin of candidates. Candidates that are not awaited any more are skipped. */
export type ReportVerdicts = (verdicts: readonly Verdict[]) => Promise<void>
