import { Unavailable } from '@strata/domain/shared'
import type { FastifyReply } from 'fastify'

/** Answered with 504: the request exceeded its deadline. */
class DeadlineExceeded extends Unavailable {
  readonly statusCode = 504
}

export interface RequestEnd {
  /** Aborted when the client has disconnected. */
  readonly signal: AbortSignal
  /** From now on, the work is aborted when its caller disconnects. */
  followCaller(): void
  /** Aborts the request for this reason. False when its work must run to its end. */
  giveUp(reason: Error): boolean
  /** The result of `work`, or a refusal if it misses the deadline. */
  within<T>(deadline: Deadline, work: Promise<T>): Promise<T>
}

export interface Deadline {
  readonly milliseconds: number
  /** The message for the caller. */
  readonly sentence: string
}

export function requestEnd(reply: FastifyReply): RequestEnd {
  const controller = new AbortController()
  const { signal } = controller
  let mayBeGivenUp = false
  return {
    signal,
    followCaller() {
      mayBeGivenUp = true
      reply.raw.once('close', () => {
        if (!reply.raw.writableFinished) controller.abort(new DeadlineExceeded('The caller disconnected.'))
      })
    },
    giveUp(reason) {
      if (mayBeGivenUp) controller.abort(reason)
      return mayBeGivenUp
    },
    async within(deadline, work) {
      const timer = setTimeout(() => controller.abort(new DeadlineExceeded(deadline.sentence)), deadline.milliseconds)
      const aborted = Promise.withResolvers<never>()
      const giveUp = () => aborted.reject(signal.reason)
      signal.addEventListener('abort', giveUp, { once: true })
      try {
        return await Promise.race([work, aborted.promise])
      } finally {
        clearTimeout(timer)
        signal.removeEventListener('abort', giveUp)
      }
    },
  }
}
