import type { FeatureSpec } from '@strata/domain/registry'
import type { Bytes, Digest, JsonObject } from '@strata/domain/shared'
import type { SettledRecord } from '../result/held-run.ts'
import type { OutputFile } from '../result/run-json.ts'
import type { InputRecord } from './canonical-input.ts'

/**
 * Port: the directories of hooks' runs on the worker's machine. Every lease has its own, so a worker that comes late cannot write into
 * files of another lease.
 */
export interface RunWorkspace {
  /** Makes the places of one attempt, all of them empty. */
  open(at: AttemptAddress): Promise<AttemptPlace>
  /** Writes what the hook reads; the digest is over all of it. */
  prepare(place: AttemptPlace, records: AsyncIterable<InputRecord>, config: JsonObject): Promise<Digest>
  /** Reads what the hook wrote, checks it and stages its rows. */
  read(place: AttemptPlace, request: ReadRequest): Promise<ReadAttempt>
  /** Removes everything of an attempt except these output files, and returns how many bytes are left. */
  clear(place: AttemptPlace, kept: readonly string[]): Promise<number>
  /** Writes run.json beside the output, and reads it from there. */
  writeRunJson(at: Omit<AttemptAddress, 'attempt'>, text: string): Promise<string>
  /** A file of an attempt's output; undefined when this machine does not have it. */
  output(at: AttemptAddress & { readonly file: string }): Promise<Bytes | undefined>
  remove(run: string): Promise<void>
  /** The runs that have a directory on this machine. */
  runs(): Promise<readonly string[]>
}

interface AttemptAddress {
  readonly run: string
  readonly lease: number
  readonly attempt: number
}

export interface AttemptPlace {
  readonly inputDir: string
  readonly filesDir: string
  readonly outputDir: string
  readonly logFile: string
  readonly stagedFile: string
}

interface ReadRequest {
  readonly run: string
  /** Of the run's release; each row says it. */
  readonly version: number
  readonly attempt: number
  readonly feature: FeatureSpec
  readonly ids: ReadonlySet<string>
  /** Whether the hook exited with 0; otherwise only whole results count. */
  readonly complete: boolean
}

export type ReadAttempt =
  | { readonly ok: true; readonly settled: readonly SettledRecord[]; readonly files: readonly OutputFile[]; readonly staged: string }
  | { readonly ok: false; readonly reason: string }
