import type { SchemaVersion } from '@strata/domain/convention'
import type { Contribution, Selection, SelectionCitation } from '@strata/domain/dataset'
import type { Json, SchemaId, Slug } from '@strata/domain/shared'
import type { Prisma } from '@strata/prisma/client'

/** Rows were checked before they were written, so reading them trusts them. */
export function toCitation(row: Prisma.CitationModel): SelectionCitation {
  return {
    id: row.id,
    convention: row.convention as Slug,
    title: row.title,
    asOf: row.asOf,
    of: {
      kind: 'selection',
      table: row.tableName,
      filter: row.filter as Json | null,
      orderBy: row.orderBy as unknown as Selection['orderBy'],
      release: row.release ?? undefined,
      dataset: { schema: { id: row.schemaId as SchemaId, version: row.schemaVersion as SchemaVersion }, hooks: row.hooks },
      rowCount: row.rowCount,
      releases: row.releases as unknown as readonly Contribution[],
      createdBy: row.createdBy,
      createdAt: row.createdAt,
    },
  }
}
