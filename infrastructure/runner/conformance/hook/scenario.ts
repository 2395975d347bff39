import type { JsonObject } from '@strata/domain/shared'
import type { RecordResult } from '../../contract/hook/read-outputs.ts'
import type { Played, ProgramScenario } from '../world.ts'

/** One thing that every backend must do alike, told once for modules and once for images (busybox's sh). */
export interface Scenario extends ProgramScenario {
  /** `a`, `b` and `c` unless given. */
  readonly records?: readonly string[]
  readonly config?: JsonObject
  /** Text by `<record id>/<name>`. */
  readonly files?: Readonly<Record<string, string>>
  readonly cancelAfterMs?: number
  check(observed: Observed): void
}

export interface Observed extends Played {
  /** What the output reader made of it: `complete` when the hook exited with 0. */
  readonly results: readonly RecordResult[]
  /** The reader's refusal, when it refused. */
  readonly refusal: string | undefined
}

export function outcomes({ results }: Observed): Record<string, string> {
  return Object.fromEntries(results.map(({ id, outcome }) => [id, outcome.status]))
}

export function rowsOf({ results }: Observed, id: string) {
  return results.find((result) => result.id === id)?.rows
}

/** Shell: writes a result for each record; `$id` is its id. */
export function eachRecord(body: string): string {
  return `sed 's/.*"id":"\\([^"]*\\)".*/\\1/' "$OSA_IN/records.jsonl" | while read -r id; do\n${body}\ndone`
}

/** Shell: one row whose text is `$found`. */
export const reportFound = `printf '{"id":"%s","features":[{"text":"%s"}]}\\n' "$id" "$found" >> "$OSA_OUT/features.jsonl"`
