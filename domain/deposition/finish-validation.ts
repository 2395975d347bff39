import type { Verdict } from '@strata/domain/record'
import type { DepositionPorts } from './deposition-ports.ts'
import { move } from './move.ts'
import { publishDeposition } from './publish-deposition.ts'
import { requireRules } from './require-rules.ts'

/**
 * What becomes of a deposition once its hooks have ended: back to its owner with their findings, on to a curator, or
 * published. False when this verdict is not awaited any more; it then changes nothing.
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
