import { PayloadTooLarge } from '@strata/domain/shared'

/** How much unpublished content one caller may have. 0 means no limit. */
export interface UploadQuota {
  /** Bytes declared by uploads under way plus bytes of finished uploads. */
  readonly bytes: number
  /** Finished uploads plus uploads under way. */
  readonly files: number
  /** Uploads under way at once. */
  readonly openUploads: number
}

/** How much of the quota a caller uses. */
export interface UploadUsage {
  readonly bytes: bigint
  readonly files: number
  readonly openUploads: number
}

export const noQuota: UploadQuota = { bytes: 0, files: 0, openUploads: 0 }

/** Refuses one more upload of this many bytes when it exceeds the quota. */
export function requireRoom(quota: UploadQuota, usage: UploadUsage, bytes: number): void {
  if (quota.openUploads > 0 && usage.openUploads >= quota.openUploads) {
    throw refusal(`${usage.openUploads} uploads under way`, `${quota.openUploads} at once are allowed`)
  }
  if (quota.files > 0 && usage.files + usage.openUploads >= quota.files) {
    throw refusal(
      `${usage.files} uploaded files that no published record has and ${usage.openUploads} uploads under way`,
      `${quota.files} are allowed`,
    )
  }
  requireBytes(quota, usage, bytes)
}

/** Refuses `bytes` more when they exceed the quota. */
export function requireBytes(quota: UploadQuota, usage: UploadUsage, bytes: number): void {
  if (quota.bytes === 0 || usage.bytes + BigInt(bytes) <= BigInt(quota.bytes)) return
  throw refusal(
    `${usage.bytes} bytes in uploads under way and in files that no published record has`,
    `${quota.bytes} are allowed, and this upload would add ${bytes}`,
  )
}

/** How many of the `wanted` bytes still fit in the quota. */
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
