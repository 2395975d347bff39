import type { Readable } from 'node:stream'

/** An import on its way to the records subgraph, wherever that runs. */
export interface ImportCall {
  /** What every call to a subgraph carries, and what says how the body is to be read. */
  readonly headers: Readonly<Record<string, string>>
  readonly convention: string
  readonly sourceNode: string | undefined
  readonly body: Readable
  /** Ends the import where it is, between two chunks. */
  readonly stop: AbortSignal
}

export interface ImportAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: AsyncIterable<string | Uint8Array>
}

export type Importer = (call: ImportCall) => Promise<ImportAnswer>
