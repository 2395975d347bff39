import type { FailureKind, RunFailure } from '@strata/domain/run'
import { EngineFault } from './engine/fault.ts'

/** An attempt that came to its end before its hook did; what is thrown between the steps of a run, and caught by it. */
export class AttemptFailed extends Error {
  readonly failure: RunFailure

  constructor(kind: FailureKind, message: string) {
    super(message)
    this.name = 'AttemptFailed'
    this.failure = { kind, message }
  }
}

/** What the engine's refusal means for the attempt. What is not the engine's is a bug and goes on. */
export function failureOf(error: unknown, socketPath: string): RunFailure {
  if (error instanceof AttemptFailed) return error.failure
  if (isSystemFault(error)) {
    const kind = error.code === 'EACCES' || error.code === 'EPERM' ? 'PERMISSION' : 'RUNTIME'
    return { kind, message: `The worker could not prepare the run's directories or keep its log: ${error.message}.` }
  }
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

/** What the operating system refused: a full disk, a directory of somebody else's. */
function isSystemFault(error: unknown): error is Error & { readonly code: unknown } {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

/** An image whose program is missing or cannot be executed; engines put it in their runtime's words. */
export function isAboutTheProgram(message: string): boolean {
  return /exec format error|executable file not found|no command specified|exec: .*(no such file|permission denied|not found)/is.test(message)
}
