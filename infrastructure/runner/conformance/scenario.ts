import type { JsonObject } from '@strata/domain/shared'
import type { RunObservation } from '@strata/domain/run'
import type { RecordResult } from '../shared/read-outputs.ts'

/** One thing that every backend must do alike, told once for modules and once for images (busybox's sh). */
export interface Scenario {
  /** The end of a sentence: "a hook …". */
  readonly name: string
  readonly module: string
  readonly shell: string
  /** `a`, `b` and `c` unless given. */
  readonly records?: readonly string[]
  readonly config?: JsonObject
  /** Text by `<record id>/<name>`. */
  readonly files?: Readonly<Record<string, string>>
  readonly memoryMebibytes?: number
  readonly timeoutSeconds?: number
  readonly maxOutputBytes?: number
  readonly maxLogBytes?: number
  readonly cancelAfterMs?: number
  /** Paths below a directory of the worker's that must not be changed by the hook; `SECRET` in the code is one of them. */
  check(observed: Observed): void
}

export interface Observed {
  readonly observation: RunObservation
  /** What the output reader made of it: `complete` when the hook exited with 0. */
  readonly results: readonly RecordResult[]
  /** The reader's refusal, when it refused. */
  readonly refusal: string | undefined
  readonly log: string
  /** What those who followed live were given. */
  readonly followed: string
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
