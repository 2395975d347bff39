import { PayloadTooLarge } from '@strata/domain/shared'

/** How much one caller may have that no published record has yet. 0 is no limit. */
export interface UploadQuota {
  /** Declared by uploads under way, and held by finished ones. */
  readonly bytes: number
  /** Finished ones. */
  readonly files: number
  /** Under way at once. */
  readonly openUploads: number
}

/** How much of it a caller uses. */
export interface UploadUsage {
  readonly bytes: bigint
  readonly files: number
  readonly openUploads: number
}

export const noQuota: UploadQuota = { bytes: 0, files: 0, openUploads: 0 }

/** Refuses one more upload of so many bytes when it does not fit. */
export function requireRoom(quota: UploadQuota, usage: UploadUsage, bytes: number): void {
  if (quota.openUploads > 0 && usage.openUploads >= quota.openUploads) {
    throw refusal(`${usage.openUploads} uploads under way`, `${quota.openUploads} at once are allowed`)
  }
  if (quota.files > 0 && usage.files + usage.openUploads >= quota.files) {
    throw refusal(`${usage.files} uploaded files that no published record has and ${usage.openUploads} uploads under way`, `${quota.files} are allowed`)
  }
  requireBytes(quota, usage, bytes)
}

/** Refuses `bytes` more when they do not fit. */
export function requireBytes(quota: UploadQuota, usage: UploadUsage, bytes: number): void {
  if (quota.bytes === 0 || usage.bytes + BigInt(bytes) <= BigInt(quota.bytes)) return
  throw refusal(
    `${usage.bytes} bytes in uploads under way and in files that no published record has`,
    `${quota.bytes} are allowed, and this upload would add ${bytes}`,
  )
}

/** How many bytes more fit, of `wanted`. */
export function roomFor(quota: UploadQuota, usage: UploadUsage, wanted: number): number {
  if (quota.bytes === 0) return wanted
  const room = BigInt(quota.bytes) - usage.bytes
  return room >= BigInt(wanted) ? wanted : Math.max(0, Number(room))
}

function refusal(used: string, limit: string): PayloadTooLarge {
  return new PayloadTooLarge(
    `You have ${used}; ${limit}. Publish records with these files, finish or end uploads (DELETE), or wait until ` +
      'what you left unused expires.',
    'upload-length',
  )
}
