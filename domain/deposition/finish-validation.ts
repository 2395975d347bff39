import type { Verdict } from '@strata/domain/record'
import type { DepositionPorts } from './deposition-ports.ts'
import { move } from './move.ts'
import { publishDeposition } from './publish-deposition.ts'
import { requireRules } from './require-rules.ts'

/**
 * Applies the verdict of the hooks: returns the deposition to its owner with findings, forwards it to a curator, or publishes
 * it. Returns false and changes nothing if nothing waits for this verdict any more.
 */
export async function finishValidation(ports: DepositionPorts, { candidate, findings }: Verdict): Promise<boolean> {
  const deposition = await ports.depositions.claimCandidate(candidate)
  if (deposition?.status !== 'IN_VALIDATION') return false
  const { convention, owner } = deposition
  if (findings.length > 0) await move(ports, deposition, { step: 'RETURN', findings }, owner)
  else if ((await requireRules(ports, convention)).convention.review) await move(ports, deposition, { step: 'FORWARD' }, owner)
  else await publishDeposition(ports, deposition, { step: 'PUBLISH', actor: owner })
  return true
}
