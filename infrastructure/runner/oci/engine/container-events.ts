import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { eventLine } from './answers.ts'
import { eachLine } from './lines.ts'

/** What one container's engine tells of it, from the moment of asking on. */
export interface ContainerEvents {
  /** Like `start`, `oom`, `kill`, `die`; in order. */
  actions(): readonly string[]
  /** The engine that was asked has stopped: only its end closes the stream. Another one may answer in its place by now. */
  isOver(): boolean
  /** Waits until one of these happened, or the stream is over, or the time is up. */
  until(wanted: readonly string[], withinMs: number): Promise<void>
  close(): void
}

export function containerEvents(answer: Readable): ContainerEvents {
  const actions: string[] = []
  let isOver = false
  let told = Promise.withResolvers<void>()
  const tell = () => {
    told.resolve()
    told = Promise.withResolvers()
  }
  const over = () => {
    isOver = true
    tell()
  }
  const take = (line: unknown) => {
    actions.push(eventLine.parse(line).Action)
    tell()
  }
  // A stream that breaks and one that ends say the same: the engine is not there any more.
  eachLine(answer, take).then(over, over)
  return {
    actions: () => [...actions],
    isOver: () => isOver,
    async until(wanted, withinMs) {
      const late = new AbortController()
      const tooLong = sleep(withinMs, undefined, { signal: late.signal }).catch(() => undefined)
      let isLate = false
      void tooLong.then(() => (isLate = true))
      while (!isOver && !isLate && !actions.some((action) => wanted.includes(action))) await Promise.race([told.promise, tooLong])
      late.abort()
    },
    close: () => void answer.destroy(),
  }
}
