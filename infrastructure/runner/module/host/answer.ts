import type { Channel } from './channel.ts'
import { fromHost, maxResultBytes } from './frame-kinds.ts'

/** The host's answer for a record. The worker writes it to the output under the record's own id. */
export interface Answers {
  rows(token: Uint8Array, rows: unknown): void
  rejection(token: Uint8Array, reason: string): void
  error(token: Uint8Array, error: unknown): void
}

/** Captures these functions before the hook can change them. */
export function openAnswers({ send }: Channel): Answers {
  const { stringify } = JSON
  const { isFinite } = Number
  const from = Buffer.from.bind(Buffer)
  const { TypeError: Wrong, RangeError: TooMuch } = globalThis

  /** JSON has no NaN. Serialized as null, a failed computation would look like a missing value. */
  const refuseWhatJsonLoses = (key: string, value: unknown) => {
    if (typeof value === 'number' && !isFinite(value))
      throw new Wrong(`"${key}" is ${value}, which JSON cannot represent; leave it out when there is no value`)
    if (typeof value === 'function' || typeof value === 'symbol') throw new Wrong(`"${key}" is a ${typeof value}, which JSON cannot represent`)
    return value
  }
  return {
    rows(token, rows) {
      const bytes = from(stringify(rows, refuseWhatJsonLoses))
      if (bytes.length > maxResultBytes) throw new TooMuch(`the rows of one record have at most ${maxResultBytes} bytes`)
      send(fromHost.rows, token, bytes)
    },
    rejection: (token, reason) => send(fromHost.rejection, token, from(stringify(describe(reason)))),
    error: (token, error) => send(fromHost.error, token, from(stringify({ error: describe(error), retryable: isRetryable(error) }))),
  }
}

/** Describes any thrown value as a sentence with its location in the hook. Reading the value may throw again. */
export function describe(thrown: unknown): string {
  try {
    if (!(thrown instanceof Error)) return `${typeof thrown === 'string' ? thrown : `the hook threw ${typeof thrown}`}`.slice(0, 2000)
    const line = /hook\.mjs:(\d+)/.exec(`${thrown.stack}`)?.[1]
    return `${thrown.name}: ${thrown.message}`.slice(0, 1900) + (line === undefined ? '' : ` (line ${line} of the module)`)
  } catch {
    return 'the hook threw something that cannot be described'
  }
}

function isRetryable(thrown: unknown): boolean {
  try {
    return typeof thrown === 'object' && thrown !== null && 'retryable' in thrown && thrown.retryable === true
  } catch {
    return false
  }
}
