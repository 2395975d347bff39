import type { RunControl, RunJob } from '@strata/domain/run'
import type { Readable } from 'node:stream'
import { keepLog } from '../shared/keep-log.ts'
import { demultiplex } from './demultiplex.ts'

export interface KeptLog {
  readonly tail: string
  readonly bytes: number
  readonly truncated: boolean
}

/**
 * Keeps what an attached container prints, up to the job's bound. What comes after it is not read at all: the engine
 * throws it away, and a program that prints without end costs the worker nothing.
 */
export async function followLog(attached: Readable, job: RunJob, control: RunControl): Promise<KeptLog> {
  const log = keepLog(job.logFile, job.maxLogBytes, control.onLog?.bind(control))
  let kept = { bytes: 0, truncated: false }
  let cut = false
  try {
    let printed = 0
    for await (const chunk of demultiplex(attached)) {
      log.add(chunk)
      printed += chunk.length
      if (printed > job.maxLogBytes) break
    }
  } catch (error) {
    if (!isBroken(error)) throw error
    // What came until then is the log, and it may not be all of it.
    cut = true
  } finally {
    attached.destroy()
    kept = log.end()
  }
  return { tail: log.tail(), bytes: kept.bytes, truncated: kept.truncated || cut }
}

function isBroken(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE'
}
