import type { RunControl, RunJob } from '@strata/domain/run'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { keepLog } from '../shared/keep-log.ts'
import type { Cluster } from './cluster/calls.ts'
import { ClusterFault } from './cluster/fault.ts'
import { programContainer } from './job-spec.ts'
import { afterKnown } from './after-known.ts'

export interface KeptLog {
  readonly tail: string
  readonly bytes: number
  readonly truncated: boolean
}

export interface LogFollower {
  /** The program has ended: what there still is comes, for a moment at most, and then the log is whole. */
  finish(): Promise<KeptLog>
}

const againAfterMs = 500
const lastReadMayTakeMs = 10_000

/**
 * Keeps what a program prints, up to the job's bound. A stream that breaks is taken up again from the log's first byte, and
 * what is known already is left out byte for byte: an API server writes times into the middle of long lines and counts
 * only whole seconds, so to begin at a time would lose lines or repeat them. The bound keeps that cheap.
 */
export function startLog(cluster: Cluster, pod: string, job: RunJob, control: RunControl): LogFollower {
  const log = keepLog(job.logFile, job.maxLogBytes, control.onLog?.bind(control))
  const ended = new AbortController()
  const whole = new AbortController()
  let printed = 0
  let lossy = false
  // One byte more than is kept, so that one knows whether there was more.
  const limit = job.maxLogBytes + 1

  const take = async (answer: IncomingMessage) => {
    const news = afterKnown(printed === 0 ? Buffer.alloc(0) : await readFile(job.logFile))
    const add = (bytes: Buffer) => {
      printed += bytes.length
      if (bytes.length > 0) log.add(bytes)
    }
    try {
      for await (const chunk of answer) {
        if (isNodesWord(chunk)) return
        add(news.take(chunk))
        if (printed >= limit) return
      }
    } finally {
      answer.destroy()
      const rest = news.rest()
      add(rest.bytes)
      lossy ||= rest.lossy
    }
  }

  const goesOn = () => !ended.signal.aborted && printed < limit
  const follow = async () => {
    while (goesOn()) {
      try {
        await take(await cluster.log(pod, programContainer, limit, true, whole.signal))
      } catch (error) {
        unlessBroken(error)
      }
      await sleep(againAfterMs, undefined, { signal: ended.signal }).catch(() => undefined)
    }
  }

  const following = follow()
  // A log that cannot be kept is told when the program has ended, not by a rejection that is not awaited yet.
  following.catch(() => undefined)

  return {
    async finish() {
      ended.abort()
      // The stream that is open ends with the container by itself; one that lost it would stay open for ever.
      const late = setTimeout(() => whole.abort(), lastReadMayTakeMs)
      try {
        await following
        if (printed < limit) {
          const signal = AbortSignal.timeout(lastReadMayTakeMs)
          await cluster
            .log(pod, programContainer, limit, false, signal)
            .then(take)
            .catch((error: unknown) => {
              unlessBroken(error)
              // Its pod is gone already, and so the stream was all there is.
              if (!(error instanceof ClusterFault && error.status !== undefined && error.status < 500)) lossy = true
            })
        }
      } finally {
        clearTimeout(late)
        whole.abort()
        log.end()
      }
      const { bytes, truncated } = log.end()
      return { tail: log.tail(), bytes, truncated: truncated || lossy }
    },
  }
}

/** A node that has the log no more says so in its place, and calls it a success. */
function isNodesWord(chunk: Buffer): boolean {
  return chunk.length < 1_000 && /^(unable to retrieve container logs for \S+|rpc error: code = \w+ desc = [^\n]*)$/.test(chunk.toString())
}

function unlessBroken(error: unknown): void {
  if (error instanceof ClusterFault) return
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR') return
  throw error
}
