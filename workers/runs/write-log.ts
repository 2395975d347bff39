import { LeaseLost, type Lease } from '@strata/domain/run'
import type { Log } from '../log.ts'

/** Port: adds to what a run has printed, under its lease. */
export type AppendLog = (lease: Lease, bytes: Uint8Array) => Promise<void>

export interface LogWriter {
  add(chunk: Uint8Array): void
  /** Resolves when all of it was written, or given up. */
  end(): Promise<void>
}

const everyMs = 250
const bytesAtOnce = 1 << 18

/**
 * Writes the output of a hook a few times a second, so that followers see it soon and a hook that prints much costs no more
 * writes. The log is not a result: if it cannot be written, the run continues without it.
 */
export function writeLog(o: { append: AppendLog; lease: Lease; log: Log }): LogWriter {
  let waiting: Uint8Array[] = []
  let writing: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let isLost = false

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const bytes = Buffer.concat(waiting)
    waiting = []
    if (bytes.length > 0) writing = writing.then(() => write(bytes))
  }

  async function write(bytes: Buffer): Promise<void> {
    for (let i = 0; i < bytes.length && !isLost; i += bytesAtOnce) {
      try {
        await o.append(o.lease, bytes.subarray(i, i + bytesAtOnce))
      } catch (err) {
        // Nothing comes after what is missing: a log has no holes.
        isLost = true
        if (!(err instanceof LeaseLost)) o.log.warn({ err, run: o.lease.run }, 'what a hook prints could not be kept; its run goes on')
      }
    }
  }

  return {
    add(chunk) {
      // The runner may use its memory again.
      waiting.push(Uint8Array.from(chunk))
      timer ??= setTimeout(flush, everyMs)
    },
    async end() {
      flush()
      await writing
    },
  }
}
