import { setTimeout as sleep } from 'node:timers/promises'
import type { OpenLog, RunStatus } from '@strata/domain/run'

/** What ends the following before the run has ended. */
export interface Ends {
  /** The client has disconnected. */
  readonly left: AbortSignal
  /** This service is stopping. */
  readonly stopping: AbortSignal
}

const interruption = 'This service is stopping. Connect again with the last id as Last-Event-ID to continue.'
const lookEveryMs = 500
const heartbeatMs = 15_000
/** A line that does not end is handed on in pieces. */
const longestPiece = 1 << 18

/**
 * What a run prints as server-sent events, from this position on and until the run has ended: `log` events of whole lines,
 * whose id is the position after them, and one `end` with the run's status.
 */
export async function* followLog(log: OpenLog, from: number, { left, stopping }: Ends): AsyncGenerator<string, void> {
  const signal = AbortSignal.any([left, stopping])
  yield 'retry: 1000\n\n'
  let position = from
  let rest = Buffer.alloc(0)
  let lastWord = performance.now()
  for (;;) {
    // Asked before reading: what was printed until then is then all read.
    const status = await log.status()
    const bytes = await log.read(position + rest.length)
    rest = Buffer.concat([rest, bytes])
    const isOver = hasEnded(status) && bytes.length === 0
    const whole = isOver || rest.length > longestPiece ? rest.length : rest.lastIndexOf('\n') + 1
    if (whole > 0) {
      position += whole
      yield eventOf(rest.subarray(0, whole), position)
      rest = rest.subarray(whole)
      lastWord = performance.now()
    }
    if (isOver) return yield `event: end\nid: ${position}\ndata: ${status}\n\n`
    if (bytes.length > 0) continue
    if (performance.now() - lastWord > heartbeatMs) {
      lastWord = performance.now()
      yield ': waiting\n\n'
    }
    try {
      await sleep(lookEveryMs, undefined, { signal })
    } catch {
      if (stopping.aborted) yield `event: interrupted\nid: ${position}\ndata: ${interruption}\n\n`
      return
    }
  }
}

function eventOf(bytes: Buffer, position: number): string {
  const lines = bytes
    .toString('utf8')
    .replace(/\n$/, '')
    .split(/\r\n|\n|\r/)
  return `event: log\nid: ${position}\n${lines.map((line) => `data: ${line}\n`).join('')}\n`
}

function hasEnded(status: RunStatus): boolean {
  return status !== 'QUEUED' && status !== 'RUNNING'
}
