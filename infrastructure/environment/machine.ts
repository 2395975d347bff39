import { availableParallelism, totalmem } from 'node:os'
import process from 'node:process'

/** The default resources for hooks on this machine: all cores and half of the memory. */
export const machine = {
  concurrency: availableParallelism(),
  memoryBytes: Math.floor(availableMemory() / 2),
}

/** The container's own limit. Without one, the value is 0 or more than the machine's memory. */
function availableMemory(): number {
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}
