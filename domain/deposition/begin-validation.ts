import { validateMetadata } from '@strata/domain/convention'
import { isCandidateId, type CandidateBatch, type CandidateId, type CandidateValidation } from '@strata/domain/record'
import type { DepositionReturned, DepositionSubmitted } from '@strata/domain/shared'
import type { Deposition } from './deposition.ts'
import type { DepositionPorts } from './deposition-ports.ts'
import { finishValidation } from './finish-validation.ts'
import { requireRules } from './require-rules.ts'

export interface ValidationPorts extends DepositionPorts {
  readonly validation: CandidateValidation
}

/** Starts the hooks on a submitted deposition, as a candidate that does not reveal its origin. */
export async function beginValidation(ports: ValidationPorts, { candidate }: DepositionSubmitted): Promise<void> {
  const deposition = await ports.depositions.claimCandidate(idOf(candidate))
  if (deposition?.status !== 'IN_VALIDATION') return
  const begun = await ports.validation.begin(await batchOf(ports, deposition, idOf(candidate)))
  if (begun === 'PASSED') await finishValidation(ports, { candidate: idOf(candidate), findings: [] })
}

/** The owner withdrew it, so its hooks can stop. */
export async function endValidation({ validation }: Pick<ValidationPorts, 'validation'>, { withdrawn }: DepositionReturned): Promise<void> {
  if (withdrawn !== null) await validation.abandon(idOf(withdrawn))
}

/** The input that a record would have: checked metadata. Metadata that is no longer valid is refused at publication. */
async function batchOf(ports: DepositionPorts, { convention, metadata, files }: Deposition, id: CandidateId): Promise<CandidateBatch> {
  const { schema } = await requireRules(ports, convention)
  const checked = await validateMetadata(metadata, schema)
  const candidate = { id, metadata: checked.ok ? checked.metadata : metadata, files }
  return { convention, schema: { id: schema.id, version: schema.version }, candidates: [candidate], isUrgent: true }
}

function idOf(candidate: string): CandidateId {
  if (isCandidateId(candidate)) return candidate
  throw new Error(`${candidate} names no candidate`)
}
