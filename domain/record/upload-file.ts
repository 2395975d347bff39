import { BadUserInput, type Bytes, type Staged, type Storage } from '@strata/domain/shared'
import type { FileLedger } from './file-ledger.ts'
import type { StoredFile } from './file.ts'
import { checkUpload, type RulesQuery, type UploadInput, type UploadLimits } from './upload-rules.ts'

export interface UploadPorts {
  readonly storage: Storage
  readonly ledger: FileLedger
  readonly files: RulesQuery
}

/** Takes content from a stream, checks it while it comes, and keeps it under its digest. Nothing else of it stays. */
export async function uploadFile(
  ports: UploadPorts,
  input: UploadInput & { readonly bytes: Bytes },
  limits: UploadLimits,
  actor: string,
): Promise<StoredFile> {
  const limit = await checkUpload(input, ports.files, limits)
  const staged = await ports.storage.staging.put(input.bytes, { limit })
  try {
    return await keepStaged(ports, staged, input, actor)
  } finally {
    await ports.storage.staging.discard(staged.id)
  }
}

export async function keepStaged(
  { storage, ledger }: Pick<UploadPorts, 'storage' | 'ledger'>,
  { id, digest, size }: Staged,
  said: UploadInput,
  actor: string,
): Promise<StoredFile> {
  if (said.expectedDigest !== undefined && said.expectedDigest !== digest) {
    throw new BadUserInput(`The content has the digest ${digest} and not ${said.expectedDigest}; it is not what was meant.`, 'digest')
  }
  if (said.size !== undefined && said.size !== size) throw new BadUserInput(`${size} bytes came and not ${said.size}.`, 'content-length')
  const file = { digest, size, ...(said.mediaType === undefined ? {} : { mediaType: said.mediaType }) }
  await ledger.announce(file, actor)
  return ledger.keep(file, actor, () => storage.blobs.commit(id, digest))
}
