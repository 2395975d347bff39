import type { RecordFile, StoredFile } from '@strata/domain/record'
import { parseDigest } from '@strata/domain/shared'

export interface FileRow {
  readonly digest: string
  readonly size: bigint
  readonly media_type: string | null
  readonly stored_at?: Date | null
}

export function toFile({ digest, size, media_type }: FileRow): StoredFile {
  return { digest: parseDigest(digest), size: Number(size), ...(media_type === null ? {} : { mediaType: media_type }) }
}

export function toRecordFile(row: FileRow & { readonly name: string }): RecordFile {
  return { ...toFile(row), name: row.name }
}
