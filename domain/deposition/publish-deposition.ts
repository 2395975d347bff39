import type { CandidateId } from '@strata/domain/record'
import type { Deposition } from './deposition.ts'
import type { DepositionPorts } from './deposition-ports.ts'
import { move } from './move.ts'
import { statusAfter } from './status.ts'

/**
 * Publishes through the code that all sources share, as the owner. If a deploy has changed the convention's requirements and
 * the deposition does not meet them, its owner gets it back with findings.
 */
export async function publishDeposition(
  ports: DepositionPorts,
  deposition: Deposition,
  { step, actor }: { readonly step: 'PUBLISH' | 'APPROVE'; readonly actor: string },
): Promise<Deposition> {
  statusAfter(deposition.status, step)
  const { id, convention, metadata, files, owner, candidate } = deposition
  if (candidate === undefined) throw new Error(`the deposition ${id} was never submitted`)
  const record = { sourceId: id, metadata, files }
  const candidates = new Map<string, CandidateId>([[id, candidate]])
  const [result] = await ports.publish({ convention, origin: { type: 'deposition' }, records: [record], candidates }, owner)
  if (result === undefined) throw new Error(`publishing the deposition ${id} had no result`)
  if (result.status === 'INVALID' || result.status === 'CHANGED')
    return move(ports, deposition, { step: 'RETURN', findings: result.findings }, actor)
  return move(ports, deposition, { step, record: result.id }, actor)
}
