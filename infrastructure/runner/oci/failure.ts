import { runFailure, type RunFailure, type RunJob } from '@strata/domain/run'
import { failureOfExit } from '../shared/last-words.ts'
import type { Ended } from './execute.ts'

/**
 * What a container's end means for the attempt; undefined when it succeeded. Uses only the exit code and the state that the engine reports.
 * The program controls the log, so its text is shown but never interpreted.
 */
export function failureOfEnd(ended: Ended, job: RunJob, excess: string | undefined): RunFailure | undefined {
  const { stop, exitCode, oomKilled, log } = ended
  const { kind } = job.program
  if (stop?.because === 'cancelled') return runFailure('CANCELLED', `The run was cancelled, and the ${kind} was stopped.`)
  const wrote = stop?.because === 'output' ? stop.excess : excess
  if (wrote !== undefined) return runFailure('INVALID_OUTPUT', wrote)
  // Also when the program went on without the part that was killed, and even if it was content: what it wrote may lack that
  // part, and a pool of processes that lost one waits for it until its time is up.
  if (oomKilled) return runFailure('OOM', `The ${kind} needed more than its ${Math.floor(job.memoryBytes / 2 ** 20)} MiB of memory.`)
  if (stop?.because === 'timeout') return runFailure('TIMEOUT', `The ${kind} was not done after ${job.timeoutSeconds} s, and was stopped.`)
  // Also with 0: a program that is told to stop may exit with 0 before it has finished.
  if (ended.killedByOthers) return runFailure('RUNTIME', `The container was stopped from outside (exit code ${exitCode}).`)
  if (exitCode === 0) return undefined
  return failureOfExit(kind, exitCode, log.tail)
}
