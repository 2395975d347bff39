import type { PulledRecord, PullBounds, PullEnd } from '@strata/domain/run'
import type { JsonObject } from '@strata/domain/shared'
import type { Played, ProgramScenario } from '../world.ts'

/** One thing that every backend must do alike with an ingester, told once for modules and once for images. */
export interface Scenario extends ProgramScenario {
  readonly config?: JsonObject
  readonly bounds?: PullBounds
  /** How many attempts are made, each with the session of the one before. One unless given. */
  readonly pulls?: number
  /** The attempt is cancelled when it has printed this. */
  readonly cancelAt?: string
  check(pulls: readonly ObservedPull[]): void
}

export interface ObservedPull extends Played {
  readonly records: readonly PulledRecord[]
  /** Undefined when nothing could be read. */
  readonly end: PullEnd | undefined
  /** The reader's refusal, when it refused. */
  readonly refusal: string | undefined
  /** The text of each pulled file, by its path. */
  readonly texts: Readonly<Record<string, string>>
  readonly cancelledAt: number | undefined
}

/** By source id. */
export function statuses({ records }: ObservedPull): Record<string, string> {
  return Object.fromEntries(records.map(({ sourceId, status }) => [sourceId, status]))
}

export function metadataOf({ records }: ObservedPull, id: string): JsonObject | undefined {
  const record = records.find(({ sourceId }) => sourceId === id)
  return record?.status === 'present' ? record.metadata : undefined
}

/** Why there is nothing of an attempt: a refusal by the runner, or by the reader. */
export function whyNothing({ observation, refusal }: ObservedPull): string {
  return observation.failure?.message ?? refusal ?? ''
}

/** Shell: a record without files, whose metadata is the JSON text `$metadata`. */
export const reportRecord = (id: string) => `printf '{"source_id":"${id}","metadata":%s}\\n' "$metadata" >> $OSA_OUT/records.jsonl`
