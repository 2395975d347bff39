import { BadUserInput, type Bytes, type Staged, type StagingId, type Storage } from '@strata/domain/shared'
import type { FileLedger } from './file-ledger.ts'
import type { StoredFile } from './file.ts'
import { reserveUpload } from './reserve-upload.ts'
import { checkUpload, type RulesQuery, type UploadInput, type UploadLimits } from './upload-rules.ts'
import type { UploadSessions } from './upload-session.ts'

/** The query parameters of an upload. */
export const uploadParameters = ['digest', 'convention', 'name'] as const
/** The query parameters of a resumable upload, whose other data is in headers. */
export const uploadSessionParameters = ['convention'] as const

export interface UploadPorts {
  readonly storage: Storage
  readonly ledger: FileLedger
  readonly sessions: UploadSessions
  readonly files: RulesQuery
}

/** Reads content from a stream, checks it on the way, and stores it under its digest. A failure leaves nothing behind. */
export async function uploadFile(
  ports: UploadPorts,
  input: UploadInput & { readonly bytes: Bytes },
  limits: UploadLimits,
  actor: string,
): Promise<StoredFile> {
  const limit = await checkUpload(input, ports.files, limits)
  await using reserved = await reserveUpload(ports.sessions, { size: input.size, quota: limits.quota }, actor)
  const staged = await ports.storage.staging.put(reserved.counted(input.bytes), { limit })
  try {
    return await keepStaged(ports, staged, input, actor, reserved.id)
  } finally {
    await ports.storage.staging.discard(staged.id)
  }
}

export async function keepStaged(
  { storage, ledger }: Pick<UploadPorts, 'storage' | 'ledger'>,
  { id, digest, size }: Staged,
  said: UploadInput,
  actor: string,
  /** The upload that brought the content. The archive itself stores content without an upload; then no caller holds it. */
  upload?: StagingId,
): Promise<StoredFile> {
  if (said.expectedDigest !== undefined && said.expectedDigest !== digest) {
    throw new BadUserInput(`The content has the digest ${digest}, not ${said.expectedDigest}.`, 'digest')
  }
  if (said.size !== undefined && said.size !== size) throw new BadUserInput(`${size} bytes arrived, not ${said.size}.`, 'content-length')
  const file = { digest, size, ...(said.mediaType === undefined ? {} : { mediaType: said.mediaType }) }
  await ledger.announce(file, actor)
  const move = () => storage.blobs.commit(id, digest)
  return upload === undefined ? ledger.keep(file, actor, move) : ledger.keepUpload(file, actor, move, upload)
}
