/** What a cluster's API refused, or that it could not be asked. */
export class ClusterFault extends Error {
  /** HTTP's; absent when there was no answer. */
  readonly status: number | undefined
  /** The API's own word, like `AlreadyExists`. */
  readonly reason: string | undefined

  constructor({ status, reason, message }: { status?: number | undefined; reason?: string | undefined; message: string }) {
    super(message)
    this.name = 'ClusterFault'
    this.status = status
    this.reason = reason
  }
}

export function isFault(error: unknown, ...statuses: readonly number[]): error is ClusterFault {
  return error instanceof ClusterFault && (statuses.length === 0 || (error.status !== undefined && statuses.includes(error.status)))
}

/** Worth a retry: there was no answer, or the server was busy. */
export function isPassing(error: unknown): error is ClusterFault {
  return error instanceof ClusterFault && (error.status === undefined || error.status === 429 || error.status >= 500)
}

/** No answer came from the API server itself, so the state of the object is unknown. */
export function isAway(error: unknown): error is ClusterFault {
  return error instanceof ClusterFault && (error.status === undefined || [502, 503, 504].includes(error.status))
}

/** The API's answer to what it refuses: a `Status`; a proxy in front of it answers what it likes. */
export function faultOfAnswer(status: number, body: unknown): ClusterFault {
  const answer = typeof body === 'string' ? parsed(body) : body
  if (typeof answer === 'object' && answer !== null && 'message' in answer && typeof answer.message === 'string') {
    const reason = 'reason' in answer && typeof answer.reason === 'string' ? answer.reason : undefined
    return new ClusterFault({ status, reason, message: answer.message })
  }
  return new ClusterFault({ status, message: `HTTP ${status}${typeof body === 'string' && body !== '' ? `: ${body.slice(0, 300)}` : ''}` })
}

export function faultOfConnection(error: unknown): ClusterFault {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return new ClusterFault({ message: cause instanceof Error ? cause.message || cause.name : String(cause) })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
