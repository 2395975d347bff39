/** The engine could not be asked, or said no. `status` is absent when there was no answer. */
export class EngineFault extends Error {
  readonly status: number | undefined
  readonly code: string | undefined

  constructor({ status, message, code }: { status?: number; message: string; code?: string | undefined }) {
    super(message)
    this.name = 'EngineFault'
    this.status = status
    this.code = code
  }
}

export function isEngineFault(error: unknown, status?: number): error is EngineFault {
  return error instanceof EngineFault && (status === undefined || error.status === status)
}

/** The engine did not answer, so the state of what was asked for is unknown. A socket without permission is different: the engine exists. */
export function isAway(error: unknown): error is EngineFault {
  return isEngineFault(error) && error.status === undefined && error.code !== 'EACCES' && error.code !== 'EPERM'
}
