import type { RunFailure, RunJob } from '@strata/domain/run'
import { failureOfExit } from '../shared/last-words.ts'
import { isAboutTheProgram } from '../shared/program-fault.ts'
import type { Ended } from './execute.ts'

/** What the end of a container says about the attempt; nothing when all is well. */
export function failureOfEnd(ended: Ended, job: RunJob, excess: string | undefined): RunFailure | undefined {
  const { stop, exitCode, oomKilled, log } = ended
  if (stop?.because === 'cancelled') return { kind: 'CANCELLED', message: 'The run was cancelled, and the hook was stopped.' }
  const wrote = stop?.because === 'output' ? stop.excess : excess
  if (wrote !== undefined) return { kind: 'INVALID_OUTPUT', message: wrote }
  // Also when the hook went on without the part that was killed, and even if it was content: what it wrote may lack that
  // part, and a pool of processes that lost one waits for it until its time is up.
  if (oomKilled) return { kind: 'OOM', message: `The hook needed more than its ${Math.floor(job.memoryBytes / 2 ** 20)} MiB of memory.` }
  if (stop?.because === 'timeout') return { kind: 'TIMEOUT', message: `The hook was not done after ${job.timeoutSeconds} s, and was stopped.` }
  // Also with 0: a hook that was told to end may say so half done.
  if (ended.killedByOthers) return { kind: 'RUNTIME', message: `The container was stopped from outside (exit code ${exitCode}).` }
  if (exitCode === 0) return undefined
  const refused = initsWord(log.tail)
  if (refused !== undefined) return { kind: 'CONFIG', message: `The image's program could not be started: ${refused}` }
  return failureOfExit(exitCode, log.tail)
}

/** The engine's init starts first and then finds no program; its word is then all of the log. */
function initsWord(log: string): string | undefined {
  const [line = ''] = log.split('\n')
  return /^\[FATAL tini|\(catatonit/.test(line) && (isAboutTheProgram(line) || /exec/i.test(line)) ? line : undefined
}
