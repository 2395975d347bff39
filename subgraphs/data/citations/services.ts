import type { Citation, CitationChange, Reading, ReadingInput, SelectionCitation } from '@strata/domain/dataset'
import type { RecordQueries } from '@strata/domain/record'
import type { DownloadRouteParts } from '../downloads/services.ts'

export interface CitationServices extends Pick<RecordQueries, 'records'> {
  readonly cite: (convention: string, input: ReadingInput, actor: string) => Promise<SelectionCitation>
  readonly open: (id: string) => Promise<Citation>
  readonly reading: (citation: SelectionCitation) => Promise<Reading & { readonly asOf: Date }>
  /** Since when each dataset is what it is now. */
  readonly momentsOf: (conventions: readonly string[]) => Promise<readonly Date[]>
  /** The changes since each citation, latest first. */
  readonly changesOf: (asked: readonly ChangesAsked[]) => Promise<readonly (readonly CitationChange[])[]>
  readonly changeCounts: (citations: readonly Citation[]) => Promise<readonly number[]>
  /** The number of cited rows that are not erased. */
  readonly rowCountNow: (citation: SelectionCitation) => Promise<bigint>
  readonly releasesOf: (citations: readonly Citation[]) => Promise<readonly (readonly string[])[]>
}

export interface ChangesAsked {
  readonly citation: Citation
  readonly first: number
}

/** What the routes of citations need: they also send the rows of what was cited. */
export interface CitationRouteParts extends DownloadRouteParts {
  readonly citations: Pick<CitationServices, 'open' | 'reading' | 'changesOf' | 'changeCounts' | 'rowCountNow'>
}
