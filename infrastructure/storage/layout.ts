import { isStagingId, type Digest, type StagingId } from '@strata/domain/shared'

/**
 * The only code that names stored objects; the names are the same on every backend.
 *
 *   blobs/sha256/ab/cd/abcd…    permanent content, under its digest; two levels keep directories small
 *   staging/<id>                content that is arriving or not yet committed
 *   staging/<id>.tail-<offset>  only in S3: the end of an interrupted upload that is too short for a part
 *   removals/<id>.json          the removals of records, which outlive a restore of the database
 *   runs/…                      reserved for what hooks read and write
 */
export function blobKey(digest: Digest): string {
  const hex = digest.slice('sha256:'.length)
  return `blobs/sha256/${hex.slice(0, 2)}/${hex.slice(2, 4)}/${hex}`
}

export const stagingPrefix = 'staging/'

export function stagingKey(id: StagingId): string {
  return `${stagingPrefix}${id}`
}

export function tailKey(id: StagingId, offset: number): string {
  return `${stagingKey(id)}.tail-${offset}`
}

/** The text before the first dot of a staging key, which identifies the upload. */
export function stagingNameOf(key: string): string {
  return key.slice(stagingPrefix.length).split('.', 1)[0] ?? ''
}

export const removalPrefix = 'removals/'
const removalEnding = '.json'

export function removalKey(id: string): string {
  return `${removalPrefix}${id}${removalEnding}`
}

/** The removal that a key names, if it names one. */
export function removalOf(key: string): string | undefined {
  const id = key.slice(removalPrefix.length, -removalEnding.length)
  return isStagingId(id) && key === removalKey(id) ? id : undefined
}
