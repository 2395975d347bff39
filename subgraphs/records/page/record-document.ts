import { fileAddress, recordSrn, type PublishedRecord, type RecordFile, type Withdrawal } from '@strata/domain/record'
import type { Json } from '@strata/domain/shared'

/** A version of a record with all that its address shows. */
export interface ShownRecord {
  readonly record: PublishedRecord
  /** Newest first. */
  readonly versions: readonly PublishedRecord[]
  readonly files: readonly RecordFile[]
  readonly withdrawn: Withdrawal | undefined
}

interface Place {
  readonly domain: string
  readonly publicUrl: string | undefined
}

export type RecordDocument = Readonly<Record<string, Json>>

/** What the address of a record says to programs. Of a removed one, that it was there. */
export function recordDocument({ record, versions, files, withdrawn }: ShownRecord, { domain, publicUrl }: Place): RecordDocument {
  const srn = recordSrn(domain, record)
  const notice =
    withdrawn === undefined ? null : { kind: withdrawn.kind, reason: withdrawn.reason, at: withdrawn.at.toISOString(), by: withdrawn.by }
  const names = {
    srn,
    version: record.version,
    newest: recordSrn(domain, versions[0] ?? record),
    versions: versions.map((version) => recordSrn(domain, version)),
    convention: record.convention,
    publishedAt: record.publishedAt.toISOString(),
    withdrawn: notice,
  }
  if (withdrawn?.kind === 'REMOVED') return names
  return {
    ...names,
    schema: { ...record.schema },
    source: { ...record.source },
    note: record.note ?? null,
    metadata: record.metadata,
    files: files.map(({ name, digest, size, mediaType }) => ({
      name,
      digest,
      size: Number(size),
      mediaType: mediaType ?? null,
      url: fileAddress(srn, name, publicUrl),
    })),
  }
}
