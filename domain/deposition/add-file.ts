import { actorOf, type Caller } from '@strata/domain/identity'
import { BadUserInput, Conflict } from '@strata/domain/shared'
import { requireHand } from './access.ts'
import { maxFiles, requireFileName } from './check-files.ts'
import type { Deposition, DepositionFile, DepositionId } from './deposition.ts'
import type { DepositionPorts } from './deposition-ports.ts'
import { move } from './move.ts'

/** Gives a draft a file that was uploaded before. Adding the same file under the same name again changes nothing. */
export async function addDepositionFile(
  ports: DepositionPorts,
  { id, file }: { readonly id: DepositionId; readonly file: DepositionFile },
  caller: Caller,
): Promise<Deposition> {
  const deposition = requireHand(caller, await ports.depositions.claim(id))
  const { name, digest, size } = file
  requireFileName(name, 'file.name')
  if (size < 0n || size > BigInt(Number.MAX_SAFE_INTEGER)) throw new BadUserInput('A size is a number of bytes.', 'file.size')
  const same = deposition.files.find((known) => known.name === name)
  if (same?.digest === digest && same.size === size) return deposition

  const edited = await move(ports, deposition, { step: 'EDIT' }, actorOf(caller))
  if (same) throw new Conflict('The deposition has another file of this name; remove that one first, or choose another name.', 'file.name')
  if (deposition.files.length >= maxFiles) throw new BadUserInput(`A deposition has at most ${maxFiles} files.`, 'file')
  await ports.depositions.addFile(id, { name, digest, size })
  return { ...edited, files: [...edited.files, { name, digest, size }] }
}
