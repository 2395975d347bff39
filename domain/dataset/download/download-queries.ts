import type { Reading } from '../reading/reading.ts'
import type { Contribution } from './manifest.ts'
import type { Download } from './parse-download.ts'

/** A chunk of a download. `rows` counts the rows completed since the last chunk with a count. */
export interface DownloadPiece {
  readonly bytes: Uint8Array
  readonly rows?: number
}

/** Port: reads downloads. */
export interface DownloadQueries {
  /**
   * The same reading as of the last change that it can see, no later than its `asOf`. No open transaction can still write at
   * that time, so the answer can never change.
   */
  settle(reading: Reading): Promise<SettledReading>
  /** The uncompressed bytes. When `stop` is aborted, it ends early and leaves no statement running. */
  pieces(download: Download, stop: AbortSignal): AsyncIterable<DownloadPiece>
  /** The releases of the rows, ordered by version; empty for a records table. */
  contributions(reading: Reading, stop: AbortSignal): Promise<readonly Contribution[]>
}

export type SettledReading = Reading & { readonly asOf: Date }
