import type { ConventionQueries } from '@strata/domain/convention'
import type { CitationChangeQueries, DatasetQueries, DownloadedBytes, DownloadQueries } from '@strata/domain/dataset'
import type { CallerOf } from '../../server/mount.ts'

export interface DownloadServices {
  readonly datasets: Pick<DatasetQueries, 'readable' | 'dataset' | 'datasets' | 'names'>
  readonly downloads: DownloadQueries
  /** Changes of the downloaded rows' records and releases since then. */
  readonly changes: CitationChangeQueries
  readonly conventions: Pick<ConventionQueries, 'conventions'>
  /** What is known of downloads that were made before, by their tags. */
  readonly made: MadeDownloads
}

/** What the routes of downloads need. */
export interface DownloadRouteParts extends DownloadServices {
  readonly callerOf: CallerOf
  /** This archive's domain. */
  readonly domain: string
  readonly publicUrl: string | undefined
}

export interface MadeDownloads {
  get(tag: string): DownloadedBytes | undefined
  set(tag: string, made: DownloadedBytes): void
}
