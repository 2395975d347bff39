import type { FailureKind, RunFailure } from '@strata/domain/run'

/** An attempt that came to its end before its hook did; what is thrown between the steps of a run, and caught by it. */
export class AttemptFailed extends Error {
  readonly failure: RunFailure

  constructor(kind: FailureKind, message: string) {
    super(message)
    this.name = 'AttemptFailed'
    this.failure = { kind, message }
  }
}

/** What the operating system refused: a full disk, a directory of somebody else's. Nothing when the error is another one. */
export function failureOfSystem(error: unknown): RunFailure | undefined {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return undefined
  const kind = error.code === 'EACCES' || error.code === 'EPERM' ? 'PERMISSION' : 'RUNTIME'
  return { kind, message: `The worker could not prepare the run's directories or keep its log: ${error.message}.` }
}
