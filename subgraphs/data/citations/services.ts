import type { Citation, Reading, ReadingInput, SelectionCitation } from '@strata/domain/dataset'
import type { RecordQueries } from '@strata/domain/record'
import type { DownloadRouteParts } from '../downloads/services.ts'

export interface CitationServices extends Pick<RecordQueries, 'records'> {
  readonly cite: (convention: string, input: ReadingInput, actor: string) => Promise<SelectionCitation>
  readonly open: (id: string) => Promise<Citation>
  readonly reading: (citation: SelectionCitation) => Promise<Reading & { readonly asOf: Date }>
  /** Since when each dataset is what it is now. */
  readonly momentsOf: (conventions: readonly string[]) => Promise<readonly Date[]>
  readonly releasesOf: (citations: readonly Citation[]) => Promise<readonly (readonly string[])[]>
}

/** What the routes of citations need: they also send the rows of what was cited. */
export interface CitationRouteParts extends DownloadRouteParts {
  readonly citations: Pick<CitationServices, 'open' | 'reading'>
}
