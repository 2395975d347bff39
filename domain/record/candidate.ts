import { randomUUIDv7 } from 'node:crypto'
import type { SchemaRef } from '@strata/domain/convention'
import type { Digest, Finding, JsonObject, Slug } from '@strata/domain/shared'
import type { RecordId } from './record.ts'

/** A submission that becomes a record if its convention's hooks accept it. The hooks do not learn who submitted it. */
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

/** Up to a thousand candidates that are submitted together. */
export interface CandidateBatch {
  readonly convention: Slug
  readonly schema: SchemaRef
  readonly candidates: readonly Candidate[]
  /** Whether a person waits for the verdict. */
  readonly isUrgent: boolean
}

/** A UUID (version 7), new for each submission, so that verdicts on earlier submissions can be recognized. */
export type CandidateId = string & { readonly [candidateId]: true }
declare const candidateId: unique symbol

export function newCandidateId(): CandidateId {
  return randomUUIDv7() as string as CandidateId
}

export function isCandidateId(text: string): text is CandidateId {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)
}

/** The record gets the candidate's id, so the results of the candidate's runs belong to it. */
export function recordIdOfCandidate(candidate: CandidateId): RecordId {
  return candidate as string as RecordId
}

/** Port: has the hooks of a convention validate candidates. */
export interface CandidateValidation {
  /** PASSED when the convention has no hooks to run; otherwise `ReportVerdicts` is called for each candidate when its hooks have ended. */
  begin(batch: CandidateBatch): Promise<'PASSED' | 'WAITING'>
  /** The verdict is not needed any more: ends runs that are only over such candidates. */
  abandon(candidate: CandidateId): Promise<void>
}

/** The result of the hooks for a candidate. It passed if there are no findings. */
export interface Verdict {
  readonly candidate: CandidateId
  readonly findings: readonly Finding[]
}

/** Port: notifies the origin of candidates. Skips candidates whose verdict is not needed any more. */
export type ReportVerdicts = (verdicts: readonly Verdict[]) => Promise<void>
