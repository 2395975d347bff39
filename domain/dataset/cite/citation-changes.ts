import type { RecordId, RecordName } from '@strata/domain/record'
import type { Slug } from '@strata/domain/shared'
import type { Reading } from '../reading/reading.ts'

/**
 * REVISED: a newer version of a cited record was published. RETRACTED, REMOVED: the record is withdrawn. RECOMPUTED: a release
 * computed cited records after they were cited; there is one change of a release, at the time of the first. YANKED: so was a
 * release whose results are cited.
 */
export type CitationChangeKind = 'REVISED' | 'RETRACTED' | 'REMOVED' | 'RECOMPUTED' | 'YANKED'

/** An event after the citation's time that concerns the cited content. */
export interface CitationChange {
  readonly kind: CitationChangeKind
  readonly at: Date
  /** The newer version, or the cited version of the record that was withdrawn or computed. */
  readonly record: (RecordName & { readonly id: RecordId }) | undefined
  readonly release: { readonly id: string; readonly hook: string; readonly version: number } | undefined
}

/** The content of a citation, as the database finds it. `releases` are the ids of the releases whose results are cited. */
export type CitedContent =
  | {
      readonly kind: 'record'
      readonly convention: Slug
      readonly asOf: Date
      readonly record: RecordId
      readonly releases: readonly string[]
    }
  | { readonly kind: 'dataset'; readonly convention: Slug; readonly asOf: Date; readonly releases: readonly string[] }
  | { readonly kind: 'rows'; readonly reading: Reading & { readonly asOf: Date }; readonly versions: readonly number[] }

/** Port: the changes since a citation. Each method runs one statement for all citations. */
export interface CitationChangeQueries {
  /** The latest first. */
  changesSince(asked: readonly { readonly of: CitedContent; readonly first: number }[]): Promise<readonly (readonly CitationChange[])[]>
  /** Whether content of a convention was erased since then. */
  wasAnyRemoved(convention: Slug, since: Date): Promise<boolean>
  changeCounts(cited: readonly CitedContent[]): Promise<readonly number[]>
}
