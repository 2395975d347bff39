import { validateMetadata } from '@strata/domain/convention'
import { isCandidateId, type Candidate, type CandidateId, type CandidateValidation } from '@strata/domain/record'
import type { DepositionSubmitted } from '@strata/domain/shared'
import type { Deposition } from './deposition.ts'
import type { DepositionPorts } from './deposition-ports.ts'
import { finishValidation } from './finish-validation.ts'
import { requireRules } from './require-rules.ts'

export interface ValidationPorts extends DepositionPorts {
  readonly validation: CandidateValidation
}

/** Hands a submitted deposition to the hooks, as a candidate that does not say where it comes from. */
export async function beginValidation(ports: ValidationPorts, { candidate }: DepositionSubmitted): Promise<void> {
  if (!isCandidateId(candidate)) throw new Error(`${candidate} names no candidate`)
  const deposition = await ports.depositions.claimCandidate(candidate)
  if (deposition?.status !== 'IN_VALIDATION') return
  const verdict = await ports.validation.begin(await candidateOf(ports, deposition, candidate))
  if (verdict !== 'WAITING') await finishValidation(ports, candidate, verdict)
}

/** As a record of it would be: hooks see checked metadata. What no longer fits is told when it is to be published. */
async function candidateOf(ports: DepositionPorts, { convention, metadata, files }: Deposition, id: CandidateId): Promise<Candidate> {
  const { schema } = await requireRules(ports, convention)
  const checked = validateMetadata(metadata, schema)
  return { id, convention, schema: { id: schema.id, version: schema.version }, metadata: checked.ok ? checked.metadata : metadata, files }
}
