import type { SchemaRef } from '@strata/domain/convention'
import type { RecordId, RecordName } from '@strata/domain/record'
import type { Json, Slug } from '@strata/domain/shared'
import type { Contribution } from '../download/manifest.ts'

/**
 * What somebody named in a text: a dataset, a record, or a selection of a table's rows, as it was at a time. Opened later
 * it has the same rows, whatever was published, made live, computed anew or yanked since.
 */
export interface Citation {
  readonly id: string
  readonly convention: Slug
  /** The convention's. */
  readonly title: string
  readonly asOf: Date
  readonly of: { readonly kind: 'dataset' } | CitedRecord | Selection
}

/** One version of a record. */
export interface CitedRecord extends RecordName {
  readonly kind: 'record'
  readonly record: RecordId
}

/** Kept, since a question can be too long for an address: what was asked, and what the dataset looked like. */
export interface Selection {
  readonly kind: 'selection'
  readonly table: string
  readonly filter: Json | null
  readonly orderBy: readonly { readonly column: string; readonly direction: 'ASC' | 'DESC' }[]
  readonly release: number | undefined
  readonly dataset: DatasetShape
  readonly rowCount: bigint
  /** The releases whose rows these are; none of a table of records. */
  readonly releases: readonly Contribution[]
  readonly createdBy: string
  readonly createdAt: Date
}

/** What names of tables and columns meant then: the schema that was current, and the hooks, in the order of the manifest. */
export interface DatasetShape {
  readonly schema: SchemaRef
  readonly hooks: readonly string[]
}

export type SelectionCitation = Citation & { readonly of: Selection }
