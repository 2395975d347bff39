import { actorOf, type Caller } from '@strata/domain/identity'
import { faultOfFileName, fileNameKey, fileSightOf, type FileSight, type RecordFileInput, type StoredFile } from '@strata/domain/record'
import { BadUserInput, Conflict } from '@strata/domain/shared'
import { requireMayChange } from './access.ts'
import type { Deposition, DepositionId } from './deposition.ts'
import type { DepositionPorts } from './deposition-ports.ts'
import { move } from './move.ts'

/** Applies to every convention. A record with more files should use an archive file. */
const maxFiles = 1_000

/** Adds an uploaded file to a draft. Adding the same file under the same name again changes nothing. */
export async function addDepositionFile(
  ports: DepositionPorts,
  { id, file }: { readonly id: DepositionId; readonly file: RecordFileInput },
  caller: Caller,
): Promise<Deposition> {
  const deposition = requireMayChange(caller, await ports.depositions.claim(id))
  const edited = await move(ports, deposition, { step: 'EDIT' }, actorOf(caller))
  const stored = await requireStored(ports, file, fileSightOf(caller))
  const known = deposition.files.find((other) => fileNameKey(other.name) === fileNameKey(file.name))
  if (known?.name === file.name && known.digest === file.digest) return edited
  if (known) throw new Conflict('The deposition has another file of this name; remove that one first, or choose another name.', 'file.name')
  if (deposition.files.length >= maxFiles) throw new BadUserInput(`A deposition has at most ${maxFiles} files.`, 'file')

  const { mediaType } = stored
  const added = { name: file.name, digest: file.digest, size: file.size, ...(mediaType === undefined ? {} : { mediaType }) }
  await ports.depositions.addFile(id, added)
  return { ...edited, files: [...edited.files, added] }
}

async function requireStored({ files }: DepositionPorts, { name, digest, size }: RecordFileInput, sight: FileSight): Promise<StoredFile> {
  const fault = faultOfFileName(name)
  if (fault !== undefined) throw new BadUserInput(`The name of the file ${fault}.`, 'file.name')
  const [stored] = await files.hold([digest], sight)
  if (!stored)
    throw new BadUserInput(
      `You have not uploaded content with the digest ${digest}, or it was swept since; send it with PUT /files first.`,
      'file.digest',
    )
  if (size !== BigInt(stored.size)) throw new BadUserInput(`The uploaded content has ${stored.size} bytes, not ${size}.`, 'file.size')
  return stored
}
