import type { SchemaRef } from '@strata/domain/convention'
import type { RecordId, RecordName } from '@strata/domain/record'
import type { Json, Slug } from '@strata/domain/shared'
import type { Contribution } from '../download/manifest.ts'

/**
 * A cited dataset, record or selection of a table's rows as of a time. It always returns the same rows, even if records were
 * published or releases were made live, backfilled or yanked since.
 */
export interface Citation {
  readonly id: string
  readonly convention: Slug
  /** The title of the convention. */
  readonly title: string
  readonly asOf: Date
  readonly of: { readonly kind: 'dataset' } | CitedRecord | Selection
}

/** One version of a record. */
interface CitedRecord extends RecordName {
  readonly kind: 'record'
  readonly record: RecordId
}

/** Stored, because a query can be too long for an address: the query, and the shape of the dataset. */
export interface Selection {
  readonly kind: 'selection'
  readonly table: string
  readonly filter: Json | null
  readonly orderBy: readonly { readonly column: string; readonly direction: 'ASC' | 'DESC' }[]
  readonly release: number | undefined
  readonly dataset: DatasetShape
  readonly rowCount: bigint
  /** The releases of the rows; empty for a records table. */
  readonly releases: readonly Contribution[]
  readonly createdBy: string
  readonly createdAt: Date
}

/** What the names of tables and columns meant: the current schema and the hooks, in the order of the manifest. */
export interface DatasetShape {
  readonly schema: SchemaRef
  readonly hooks: readonly string[]
}

export type SelectionCitation = Citation & { readonly of: Selection }
