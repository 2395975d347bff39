import { openSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export interface Results {
  features(id: string, rows: unknown): void
  rejection(id: string, reason: string): void
  error(id: string, error: unknown): void
  progress(status: 'running' | 'done', message: string): void
}

/** One line, written at once: what stands in a file is finished. Functions are kept from before the hook could change them. */
export function openResults(outputDir: string): Results {
  const { stringify } = JSON
  const { isFinite } = Number
  const byteLength = Buffer.byteLength.bind(Buffer)
  const from = Buffer.from.bind(Buffer)
  const opened: Record<string, number> = Object.create(null)

  const append = (file: string, line: object) => appendText(file, `${stringify(line)}\n`)
  const appendText = (file: string, text: string) => {
    const fd = (opened[file] ??= openSync(join(outputDir, file), 'ax', 0o644))
    const bytes = from(text)
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written)
    } catch (error) {
      throw new OutputFailed(error)
    }
  }
  /** JSON has no NaN: written as it is, a failed computation would turn into a missing value. */
  const refuseWhatJsonLoses = (key: string, value: unknown) => {
    if (typeof value === 'number' && !isFinite(value)) throw new TypeError(`"${key}" is ${value}, which is no value; leave it out when there is none`)
    if (typeof value === 'function' || typeof value === 'symbol') throw new TypeError(`"${key}" is a ${typeof value}, which is no value`)
    return value
  }
  return {
    features(id, rows) {
      const text = stringify(rows, refuseWhatJsonLoses)
      if (byteLength(text) > maxResultBytes) throw new RangeError(`the rows of one record have at most ${maxResultBytes} bytes`)
      appendText('features.jsonl', `{"id":${stringify(id)},"features":${text}}\n`)
    },
    rejection: (id, reason) => append('rejections.jsonl', { id, reason: describe(reason) }),
    error: (id, error) => append('errors.jsonl', { id, error: describe(error), retryable: isRetryable(error) }),
    progress: (status, message) => append('progress.jsonl', { step: 'records', status, message }),
  }
}

/** The output is full or gone: no fault of the record. */
export class OutputFailed extends Error {
  constructor(cause: unknown) {
    super(`the output cannot be written: ${describe(cause)}`)
    this.name = 'OutputFailed'
  }
}

/** Below the reader's bound on a line. */
const maxResultBytes = 15 * 2 ** 20

/** Whatever was thrown, as a sentence with its place in the hook; asking it may throw again. */
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
