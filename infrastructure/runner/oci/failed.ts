import type { RunFailure } from '@strata/domain/run'
import { AttemptFailed, failureOfSystem } from '../shared/attempt-failed.ts'
import { isAboutTheProgram } from '../shared/program-fault.ts'
import { EngineFault } from './engine/fault.ts'

/** What the engine's refusal means for the attempt. What is not the engine's is a bug and goes on. */
export function failureOf(error: unknown, socketPath: string): RunFailure {
  if (error instanceof AttemptFailed) return error.failure
  const system = failureOfSystem(error)
  if (system !== undefined) return system
  if (!(error instanceof EngineFault)) throw error
  if (error.code === 'EACCES' || error.code === 'EPERM') {
    const message = `The container engine's socket ${socketPath} may not be opened by the worker's user; add that user to the socket's group.`
    return { kind: 'PERMISSION', message }
  }
  if (error.status === undefined) {
    return { kind: 'RUNTIME', message: `The container engine at ${socketPath} could not be asked: ${error.message}.` }
  }
  return { kind: isAboutTheProgram(error.message) ? 'CONFIG' : 'RUNTIME', message: `The container engine said: ${error.message}.` }
}
