import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { eventLine } from './answers.ts'
import { eachLine } from './lines.ts'

/** The events of one container that its engine reports after the subscription. */
export interface ContainerEvents {
  /** Names like `start`, `oom`, `kill`, `die`, in order. */
  actions(): readonly string[]
  /** The engine with this subscription has stopped: only its end closes the stream. Another engine may already answer at its address. */
  isOver(): boolean
  /** Waits until one of these events occurs, the stream ends, or the time is up. */
  until(wanted: readonly string[], withinMs: number): Promise<void>
  close(): void
}

export function containerEvents(answer: Readable): ContainerEvents {
  const actions: string[] = []
  const state = { isOver: false }
  let told = Promise.withResolvers<void>()
  const tell = () => {
    told.resolve()
    told = Promise.withResolvers()
  }
  const over = () => {
    state.isOver = true
    tell()
  }
  const take = (line: unknown) => {
    actions.push(eventLine.parse(line).Action)
    tell()
  }
  // A broken stream and an ended stream mean the same: the engine is gone.
  eachLine(answer, take).then(over, over)
  return {
    actions: () => [...actions],
    isOver: () => state.isOver,
    async until(wanted, withinMs) {
      const deadline = performance.now() + withinMs
      const enough = new AbortController()
      while (!state.isOver && !actions.some((action) => wanted.includes(action)) && performance.now() < deadline) {
        const late = sleep(deadline - performance.now(), undefined, { signal: enough.signal }).catch(() => undefined)
        await Promise.race([told.promise, late])
      }
      enough.abort()
    },
    close: () => void answer.destroy(),
  }
}
