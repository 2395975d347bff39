import type { ConventionQueries } from '@strata/domain/convention'
import type { DatasetQueries, DownloadedBytes, DownloadQueries } from '@strata/domain/dataset'
import type { Principal } from '@strata/domain/identity'

/** What the routes of data need. */
export interface DataServices {
  /** Who calls; a refusal when the caller may not call this service at all. */
  callerOf(headers: Readonly<Record<string, string | undefined>>): Promise<Principal>
  readonly datasets: Pick<DatasetQueries, 'readable' | 'dataset' | 'datasets' | 'names'>
  readonly downloads: DownloadQueries
  readonly conventions: Pick<ConventionQueries, 'conventions'>
  /** What is known of downloads that were made before, by their tags. */
  readonly made: MadeDownloads
  /** This archive's domain. */
  readonly domain: string
  readonly publicUrl: string | undefined
}

export interface MadeDownloads {
  get(tag: string): DownloadedBytes | undefined
  set(tag: string, made: DownloadedBytes): void
}
