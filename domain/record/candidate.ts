import { randomUUID } from 'node:crypto'
import type { SchemaRef } from '@strata/domain/convention'
import type { Digest, Finding, JsonObject, Slug } from '@strata/domain/shared'

/** What would be a record if the hooks of its convention let it pass. Whose it is does not matter to them. */
export interface Candidate {
  readonly id: CandidateId
  readonly convention: Slug
  readonly schema: SchemaRef
  readonly metadata: JsonObject
  readonly files: readonly CandidateFile[]
}

export interface CandidateFile {
  readonly name: string
  readonly digest: Digest
  readonly size: bigint
}

/** A UUID; new with every attempt, so that a verdict on an earlier one is told from this one's. */
export type CandidateId = string & { readonly [candidateId]: true }
declare const candidateId: unique symbol

export function newCandidateId(): CandidateId {
  return randomUUID() as string as CandidateId
}

export function isCandidateId(text: string): text is CandidateId {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)
}

/** Port: sees to it that the hooks of a convention look at a candidate. */
export interface CandidateValidation {
  /** The verdict, when there is nothing to wait for; otherwise `ReportVerdict` is called with it once the hooks have ended. */
  begin(candidate: Candidate): Promise<Verdict | 'WAITING'>
}

/** What the hooks made of a candidate: it passed when there are no findings. */
export interface Verdict {
  readonly findings: readonly Finding[]
}

/** Port: tells whoever handed a candidate in. False when nobody waits for this verdict any more. */
export type ReportVerdict = (candidate: CandidateId, verdict: Verdict) => Promise<boolean>
