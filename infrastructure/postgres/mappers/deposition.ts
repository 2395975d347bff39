import type { Deposition, DepositionFile, DepositionId } from '@strata/domain/deposition'
import type { CandidateId, RecordId, RecordSource } from '@strata/domain/record'
import type { Digest, Finding, JsonObject, Slug } from '@strata/domain/shared'
import type { Prisma } from '@strata/prisma/client'

/** What a query must include for `toDeposition`. */
export const withFiles = { files: { orderBy: { position: 'asc' } }, revised: { select: { source: true } } } as const

type FileRow = Pick<Prisma.DepositionFileModel, 'name' | 'digest' | 'size' | 'mediaType'>
type DepositionRow = Prisma.DepositionModel & {
  readonly files: readonly FileRow[]
  readonly revised: Pick<Prisma.RecordModel, 'source'> | null
}

/** Rows were checked before they were written, so reading them trusts them. */
export function toDeposition(row: DepositionRow): Deposition {
  return {
    id: row.id as DepositionId,
    convention: row.convention as Slug,
    owner: row.owner,
    status: row.status,
    metadata: row.metadata as unknown as JsonObject,
    files: row.files.map(toFile),
    findings: row.findings as unknown as readonly Finding[],
    ...(row.candidate === null ? {} : { candidate: row.candidate as CandidateId }),
    ...(row.recordId === null ? {} : { record: row.recordId as RecordId }),
    ...revisionOf(row),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }
}

function revisionOf({ revises, revisedVersion: version, note, revised }: DepositionRow): Pick<Deposition, 'revises'> {
  if (revises === null || version === null || revised === null) return {}
  const { id: sourceId } = revised.source as unknown as RecordSource
  return { revises: { record: revises as RecordId, version, sourceId, ...(note === null ? {} : { note }) } }
}

function toFile({ name, digest, size, mediaType }: FileRow): DepositionFile {
  return { name, digest: digest as Digest, size, ...(mediaType === null ? {} : { mediaType }) }
}
