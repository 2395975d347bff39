import { actorOf, type Caller } from '@strata/domain/identity'
import { BadUserInput, type Finding } from '@strata/domain/shared'
import { requireVisible } from './access.ts'
import type { Deposition, DepositionId } from './deposition.ts'
import type { DepositionPorts } from './deposition-ports.ts'
import { move } from './move.ts'
import { publishDeposition } from './publish-deposition.ts'

export interface ReviewInput {
  readonly id: DepositionId
  readonly decision: 'APPROVE' | 'REJECT'
  readonly reason?: string | null | undefined
}

const longestReason = 10_000

/** A curator's decision: publishes the deposition, or rejects it with a reason so that its owner can change and resubmit it. */
export async function reviewDeposition(ports: DepositionPorts, { id, decision, reason }: ReviewInput, caller: Caller): Promise<Deposition> {
  const deposition = requireVisible(caller, await ports.depositions.claim(id))
  const actor = actorOf(caller)
  if (decision === 'REJECT') return move(ports, deposition, { step: 'REJECT', findings: [findingOf(reason)] }, actor)
  return publishDeposition(ports, deposition, { step: 'APPROVE', actor })
}

function findingOf(reason: string | null | undefined): Finding {
  const message = reason?.trim() ?? ''
  if (message === '') throw new BadUserInput('Say why it is rejected, so that its owner knows what to change.', 'reason')
  if (message.length > longestReason) throw new BadUserInput(`A reason has at most ${longestReason} characters.`, 'reason')
  if (message.includes('\0') || !message.isWellFormed())
    throw new BadUserInput('The reason contains characters that are not allowed in text.', 'reason')
  return { hook: 'review', kind: 'REJECTED', message }
}
