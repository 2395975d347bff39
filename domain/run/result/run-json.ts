import { canonicalJson, digestOf, type Digest, type Json, type JsonObject } from '@strata/domain/shared'
import type { RunFailure } from '../attempt/failure.ts'
import type { FinishedStatus, RunCounts } from './outcomes.ts'

/**
 * What the worker writes beside a run's output: everything that it was computed from and with. Feature insertion takes provenance
 * only from here. Its JSON schema is docs/run.schema.json.
 */
export interface RunJson {
  readonly format: 'strata-run/1'
  readonly run: string
  readonly batch: string
  readonly hook: string
  readonly release: { readonly id: string; readonly version: number; readonly sourceRef: string }
  /** As resolved and verified; the config as given to the hook. */
  readonly runtime: { readonly type: 'module' | 'oci'; readonly image?: string; readonly digest: Digest; readonly config: JsonObject }
  readonly recordIds: readonly string[]
  readonly attempts: readonly AttemptJson[]
  /** Attempts made because an earlier one ran out of memory. */
  readonly oomRetries: number
  readonly inputDigest: Digest
  /** The files that results were read from, in order, and the digest of that list. */
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
/** `again`: after a lost worker, or a retry that a person requested. */
export type AttemptReason = (typeof attemptReasons)[number]

export interface OutputFile {
  readonly attempt: number
  readonly file: string
  readonly bytes: number
  readonly digest: Digest
}

export type RunFacts = Omit<RunJson, 'format' | 'oomRetries' | 'outputDigest'>

/** Derives all counts that can be derived, so that no caller can forget one. */
export function buildRunJson(facts: RunFacts): RunJson {
  return { format: 'strata-run/1', ...facts, oomRetries: countOomRetries(facts.attempts), outputDigest: digestOutputs(facts.outputs) }
}

/** Canonical JSON, so that a run has exactly one text and one digest. */
export function printRunJson(run: RunJson): string {
  return canonicalJson(asJson(run))
}

export function countOomRetries(attempts: readonly Pick<AttemptJson, 'because'>[]): number {
  return attempts.filter(({ because }) => because === 'oom').length
}

export function digestOutputs(outputs: readonly OutputFile[]): Digest {
  return digestOf(canonicalJson(outputs.map(({ attempt, file, bytes, digest }) => ({ attempt, file, bytes, digest }))))
}

/** Leaves out absent members, which canonical JSON cannot represent. */
function asJson(run: RunJson): Json {
  const json: Json = JSON.parse(JSON.stringify(run))
  return json
}
