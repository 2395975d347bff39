import { canonicalJson, digestOf, type Digest, type Json, type JsonObject } from '@strata/domain/shared'
import type { RunFailure } from '../attempt/failure.ts'
import type { FinishedStatus, RunCounts } from './outcomes.ts'

/**
 * What the worker writes beside a run's output: everything about how it came to be. Feature insertion takes provenance
 * from here alone. Its JSON schema is docs/run.schema.json.
 */
export interface RunJson {
  readonly format: 'strata-run/1'
  readonly run: string
  readonly batch: string
  readonly hook: string
  readonly release: { readonly id: string; readonly version: number; readonly sourceRef: string }
  /** As actually resolved and verified; the config as handed over. */
  readonly runtime: { readonly type: 'module' | 'oci'; readonly image?: string; readonly digest: Digest; readonly config: JsonObject }
  readonly recordIds: readonly string[]
  readonly attempts: readonly AttemptJson[]
  /** Attempts that were made because one before them ran out of memory. */
  readonly oomRetries: number
  readonly inputDigest: Digest
  /** The files that results were taken from, in the order they are read in, and the digest over that list. */
  readonly outputs: readonly OutputFile[]
  readonly outputDigest: Digest
  readonly counts: RunCounts
  readonly status: FinishedStatus
  readonly failure?: RunFailure
  readonly startedAt: string
  readonly finishedAt: string
}

export interface AttemptJson {
  readonly number: number
  readonly because: AttemptReason
  readonly records: number
  readonly limits: { readonly memoryBytes: number; readonly cpuMillis: number; readonly timeoutSeconds: number }
  readonly isolation: readonly string[]
  readonly startedAt: string
  readonly finishedAt: string
  readonly exitCode?: number
  readonly signal?: string
  readonly failure?: RunFailure
}

export const attemptReasons = ['first', 'oom', 'fault', 'continued', 'bisect', 'again'] as const
/** `again` is for what a worker left behind, or somebody's retry. */
export type AttemptReason = (typeof attemptReasons)[number]

export interface OutputFile {
  readonly attempt: number
  readonly file: string
  readonly bytes: number
  readonly digest: Digest
}

export type RunFacts = Omit<RunJson, 'format' | 'oomRetries' | 'outputDigest'>

/** Counts that can be derived are derived, so no code can forget to set them. */
export function buildRunJson(facts: RunFacts): RunJson {
  return { format: 'strata-run/1', ...facts, oomRetries: countOomRetries(facts.attempts), outputDigest: digestOutputs(facts.outputs) }
}

/** The document's text: canonical, so that one run has one text and one digest. */
export function printRunJson(run: RunJson): string {
  return canonicalJson(asJson(run))
}

export function countOomRetries(attempts: readonly Pick<AttemptJson, 'because'>[]): number {
  return attempts.filter(({ because }) => because === 'oom').length
}

export function digestOutputs(outputs: readonly OutputFile[]): Digest {
  return digestOf(canonicalJson(outputs.map(({ attempt, file, bytes, digest }) => ({ attempt, file, bytes, digest }))))
}

/** Absent members are left out, as JSON.stringify does and canonical JSON could not. */
function asJson(run: RunJson): Json {
  const json: Json = JSON.parse(JSON.stringify(run))
  return json
}
