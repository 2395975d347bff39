import { runFailure, type FailureKind, type RunFailure } from '@strata/domain/run'

/** A failure, and the machinery's own words behind it. */
export interface ToldFailure {
  readonly failure: RunFailure
  /** May name paths and addresses, and have any text that a registry answered, so it goes only into the worker's log. */
  readonly detail?: string
}

/** An attempt that came to its end before its program did; what is thrown between the steps of a run, and caught by it. */
export class AttemptFailed extends Error {
  readonly told: ToldFailure

  constructor(kind: FailureKind, message: string, detail?: string) {
    super(message)
    this.name = 'AttemptFailed'
    this.told = told(kind, message, detail)
  }

  static of({ failure: { kind, message }, detail }: ToldFailure): AttemptFailed {
    return new AttemptFailed(kind, message, detail)
  }
}

const maxDetail = 4_000

export function told(kind: FailureKind, message: string, detail?: string): ToldFailure {
  return { failure: runFailure(kind, message), ...(detail === undefined ? {} : { detail: detail.slice(0, maxDetail).toWellFormed() }) }
}

/** The failure for an error of the operating system, like a full disk or a directory of another user. Undefined for any other error. */
export function failureOfSystem(error: unknown): ToldFailure | undefined {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return undefined
  const kind = error.code === 'EACCES' || error.code === 'EPERM' ? 'PERMISSION' : 'RUNTIME'
  return told(
    kind,
    `The worker could not prepare the run's directories or keep its log (${String(error.code)} from ${String(error.syscall)}).`,
    error.message,
  )
}
