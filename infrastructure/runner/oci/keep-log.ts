import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { demultiplex } from './demultiplex.ts'

export interface KeptLog {
  /** What was printed first; an engine's init says there why it could not start the program. */
  readonly beginning: string
  readonly bytes: number
  readonly truncated: boolean
}

const beginningBytes = 1024

/**
 * Keeps what a container prints, both streams in the order in which they came, up to a bound. What comes after it is not
 * read at all: the engine throws it away, and a hook that prints without end costs the worker nothing.
 */
export async function keepLog(attached: Readable, job: { logFile: string; maxLogBytes: number }, onLog?: (chunk: Uint8Array) => void): Promise<KeptLog> {
  const file = await open(job.logFile, 'w', 0o600)
  let beginning = Buffer.alloc(0)
  let bytes = 0
  try {
    for await (const printed of demultiplex(attached)) {
      const chunk = printed.subarray(0, job.maxLogBytes - bytes)
      if (chunk.length > 0) {
        await file.write(chunk)
        onLog?.(chunk)
        bytes += chunk.length
        if (beginning.length < beginningBytes) beginning = Buffer.concat([beginning, chunk.subarray(0, beginningBytes - beginning.length)])
      }
      if (chunk.length < printed.length) return { beginning: beginning.toString(), bytes, truncated: true }
    }
  } catch (error) {
    // The connection broke: what came until then is the log, and it is not all of it.
    if (!(error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'ERR_STREAM_PREMATURE_CLOSE'))) throw error
    return { beginning: beginning.toString(), bytes, truncated: true }
  } finally {
    attached.destroy()
    await file.close()
  }
  return { beginning: beginning.toString(), bytes, truncated: false }
}
