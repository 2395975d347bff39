import { AttemptFailed, failureOfSystem, told, type ToldFailure } from '../shared/attempt-failed.ts'
import { failureOfImagesStart } from '../shared/program-fault.ts'
import { EngineFault } from './engine/fault.ts'

/** What the engine's refusal means for the attempt. What is not the engine's is a bug and goes on. */
export function failureOf(error: unknown, socketPath: string): ToldFailure {
  if (error instanceof AttemptFailed) return error.told
  const system = failureOfSystem(error)
  if (system !== undefined) return system
  if (!(error instanceof EngineFault)) throw error
  const detail = `${socketPath}: ${error.message}`
  if (error.code === 'EACCES' || error.code === 'EPERM') {
    return told(
      'PERMISSION',
      `The container engine's socket may not be opened by the worker's user; add that user to the socket's group.`,
      detail,
    )
  }
  if (error.status === undefined) {
    const code = error.code === undefined ? '' : ` (${error.code})`
    return told('RUNTIME', `The container engine could not be asked${code}.`, detail)
  }
  return failureOfImagesStart(error.message) ?? told('RUNTIME', `The container engine refused (HTTP ${error.status}).`, detail)
}
