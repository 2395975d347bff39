import type { CandidateId, RecordId } from '@strata/domain/record'
import type { DomainEvent, Finding } from '@strata/domain/shared'
import type { Deposition } from './deposition.ts'
import type { DepositionPorts } from './deposition-ports.ts'
import { statusAfter } from './status.ts'

/** The data that a step adds. */
export type Move =
  | { readonly step: 'SUBMIT'; readonly candidate: CandidateId }
  | { readonly step: 'RETURN' | 'REJECT'; readonly findings: readonly Finding[] }
  | { readonly step: 'PUBLISH' | 'APPROVE'; readonly record: RecordId }
  | { readonly step: 'EDIT' | 'WITHDRAW' | 'FORWARD' }

/** Takes a step and writes its event if the status changes. The only code that changes a deposition's status. */
export async function move(ports: DepositionPorts, before: Deposition, change: Move, actor: string): Promise<Deposition> {
  const status = statusAfter(before.status, change.step)
  const { candidate, ...rest } = before
  const inHand = status === 'DRAFT' || status === 'REJECTED'
  const id = change.step === 'SUBMIT' ? change.candidate : candidate
  const moved = {
    ...rest,
    status,
    findings: inHand ? findingsAfter(before, change) : [],
    ...(inHand || id === undefined ? {} : { candidate: id }),
    ...('record' in change ? { record: change.record } : {}),
  }
  const after = await ports.depositions.save(moved, before.status)
  if (status !== before.status) await ports.outboxOf(actor).append(eventOf(before, change))
  return after
}

/** Findings stay while the owner edits the deposition. */
function findingsAfter(before: Deposition, change: Move): readonly Finding[] {
  return change.step === 'RETURN' || change.step === 'REJECT' ? change.findings : before.findings
}

function eventOf({ id: deposition, candidate }: Deposition, change: Move): DomainEvent {
  switch (change.step) {
    case 'SUBMIT':
      return { type: 'DepositionSubmitted', deposition, candidate: change.candidate }
    case 'FORWARD':
      return { type: 'DepositionForwarded', deposition }
    case 'PUBLISH':
    case 'APPROVE':
      return { type: 'DepositionPublished', deposition, record: change.record }
    case 'REJECT':
      return { type: 'DepositionReturned', deposition, status: 'REJECTED', withdrawn: null }
    case 'WITHDRAW':
      return { type: 'DepositionReturned', deposition, status: 'DRAFT', withdrawn: candidate ?? null }
    case 'EDIT':
    case 'RETURN':
      return { type: 'DepositionReturned', deposition, status: 'DRAFT', withdrawn: null }
    default:
      return change satisfies never
  }
}
