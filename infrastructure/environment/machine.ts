import { availableParallelism, totalmem } from 'node:os'
import process from 'node:process'

/** What hooks may use of this machine unless told otherwise: each of its cores, and half of its memory. */
export const machine = {
  concurrency: availableParallelism(),
  memoryBytes: Math.floor(availableMemory() / 2),
}

/** In a container, its own limit; a machine without one says 0 or more than it has. */
function availableMemory(): number {
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}
