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

/** Nobody answered, which says nothing about what was asked. A socket that may not be opened is another matter: it is there. */
export function isAway(error: unknown): error is EngineFault {
  return isEngineFault(error) && error.status === undefined && error.code !== 'EACCES' && error.code !== 'EPERM'
}
