import { actorOf, type Caller } from '@strata/domain/identity'
import type { Json } from '@strata/domain/shared'
import { requireMayChange } from './access.ts'
import type { Deposition, DepositionId } from './deposition.ts'
import type { DepositionPorts } from './deposition-ports.ts'
import { move } from './move.ts'
import { parseDraft } from './parse-draft.ts'

/** Replaces the metadata of a draft. The metadata is checked on submission. */
export async function updateDeposition(
  ports: DepositionPorts,
  input: { readonly id: DepositionId; readonly metadata: Json },
  caller: Caller,
): Promise<Deposition> {
  const deposition = requireMayChange(caller, await ports.depositions.claim(input.id))
  const metadata = parseDraft(input.metadata, 'metadata')
  return move(ports, { ...deposition, metadata }, { step: 'EDIT' }, actorOf(caller))
}
