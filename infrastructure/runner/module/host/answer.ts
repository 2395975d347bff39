import type { Channel } from './channel.ts'
import { fromHost, maxResultBytes } from './frame-kinds.ts'
import { openJson } from './json-text.ts'

/** The host's answer for a record, which the worker writes to the output under the record's own id; or its error over a batch. */
export interface Answers {
  rows(token: Uint8Array, rows: unknown): void
  rejection(token: Uint8Array, reason: string): void
  error(token: Uint8Array, error: unknown): void
}

/** Captures these functions before the program can change them. */
export function openAnswers({ send }: Channel): Answers {
  const json = openJson()
  const { stringify } = JSON
  const from = Buffer.from.bind(Buffer)
  const { RangeError: TooMuch } = globalThis

  return {
    rows(token, rows) {
      const bytes = from(json(rows))
      if (bytes.length > maxResultBytes) throw new TooMuch(`the rows of one record have at most ${maxResultBytes} bytes`)
      send(fromHost.rows, token, bytes)
    },
    rejection: (token, reason) => send(fromHost.rejection, token, from(stringify(describe(reason)))),
    error: (token, error) => send(fromHost.error, token, from(stringify({ error: describe(error), retryable: isRetryable(error) }))),
  }
}

/** Describes any thrown value as a sentence with its location in the module. Reading the value may throw again. */
export function describe(thrown: unknown): string {
  try {
    if (!(thrown instanceof Error)) return `${typeof thrown === 'string' ? thrown : `the module threw ${typeof thrown}`}`.slice(0, 2000)
    const line = /program\.mjs:(\d+)/.exec(`${thrown.stack}`)?.[1]
    return `${thrown.name}: ${thrown.message}`.slice(0, 1900) + (line === undefined ? '' : ` (line ${line} of the module)`)
  } catch {
    return 'the module threw something that cannot be described'
  }
}

function isRetryable(thrown: unknown): boolean {
  try {
    return typeof thrown === 'object' && thrown !== null && 'retryable' in thrown && thrown.retryable === true
  } catch {
    return false
  }
}
