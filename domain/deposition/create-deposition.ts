import { actorOf, type Caller } from '@strata/domain/identity'
import { NotFound, parseSlug, type Json } from '@strata/domain/shared'
import type { Deposition } from './deposition.ts'
import type { DepositionPorts } from './deposition-ports.ts'
import { parseDraft } from './parse-draft.ts'

export interface CreateDepositionInput {
  readonly convention: string
  readonly metadata?: Json | null | undefined
}

/** Creates a draft, which may be incomplete. */
export async function createDeposition(ports: DepositionPorts, input: CreateDepositionInput, caller: Caller): Promise<Deposition> {
  const convention = parseSlug(input.convention, 'input.convention')
  const metadata = parseDraft(input.metadata ?? {}, 'input.metadata')
  if (!(await ports.depositions.rulesOf(convention))) {
    throw new NotFound(`There is no convention "${convention}"; deploy it first.`, 'input.convention')
  }
  const owner = actorOf(caller)
  const deposition = await ports.depositions.insert({ convention, owner, metadata })
  await ports.outboxOf(owner).append({ type: 'DepositionCreated', deposition: deposition.id })
  return deposition
}
