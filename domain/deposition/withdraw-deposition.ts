import { actorOf, type Caller } from '@strata/domain/identity'
import { requireMayChange } from './access.ts'
import type { Deposition, DepositionId } from './deposition.ts'
import type { DepositionPorts } from './deposition-ports.ts'
import { move } from './move.ts'

/** Returns a submitted deposition to its owner. A later verdict on it changes nothing. */
export async function withdrawDeposition(
  ports: DepositionPorts,
  { id }: { readonly id: DepositionId },
  caller: Caller,
): Promise<Deposition> {
  const deposition = requireMayChange(caller, await ports.depositions.claim(id))
  return move(ports, deposition, { step: 'WITHDRAW' }, actorOf(caller))
}
