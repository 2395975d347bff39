import type { Reading } from '../reading/reading.ts'
import type { Contribution } from './manifest.ts'
import type { Download } from './parse-download.ts'

/** A piece of a download. `rows` says how many rows were completed since the piece before that said so. */
export interface DownloadPiece {
  readonly bytes: Uint8Array
  readonly rows?: number
}

/** Port: what is read for downloads. */
export interface DownloadQueries {
  /**
   * The same question about the moment of the last change that it can see, no later than its `asOf`. Nothing that is still
   * being written can belong to that moment any more, so the answer will never be another one.
   */
  settle(reading: Reading): Promise<SettledReading>
  /** The bytes, without compression. Ends in the middle when `stop` is aborted, and leaves nothing running. */
  pieces(download: Download, stop: AbortSignal): AsyncIterable<DownloadPiece>
  /** The releases whose rows these are, in the order of their versions; none for a table of records. */
  contributions(reading: Reading, stop: AbortSignal): Promise<readonly Contribution[]>
}

export type SettledReading = Reading & { readonly asOf: Date }
