import { actorOf, type Caller } from '@strata/domain/identity'
import { NotFound } from '@strata/domain/shared'
import { requireMayChange } from './access.ts'
import type { Deposition, DepositionId } from './deposition.ts'
import type { DepositionPorts } from './deposition-ports.ts'
import { move } from './move.ts'

export async function removeDepositionFile(
  ports: DepositionPorts,
  { id, name }: { readonly id: DepositionId; readonly name: string },
  caller: Caller,
): Promise<Deposition> {
  const deposition = requireMayChange(caller, await ports.depositions.claim(id))
  const edited = await move(ports, deposition, { step: 'EDIT' }, actorOf(caller))
  const files = deposition.files.filter((file) => file.name !== name)
  if (files.length === deposition.files.length) throw new NotFound('The deposition has no file of this name.', 'name')
  await ports.depositions.removeFile(id, name)
  return { ...edited, files }
}
