import { Unavailable } from '@strata/domain/shared'
import type { FastifyReply } from 'fastify'

/** Answered with 504: what was asked takes longer than anybody will wait for. */
class DeadlineExceeded extends Unavailable {
  readonly statusCode = 504
}

export interface RequestEnd {
  /** Aborted when the client has disconnected. */
  readonly signal: AbortSignal
  /** From now on the work is given up when its caller leaves. */
  followCaller(): void
  /** Aborts the request for this reason. False when its work must run to its end. */
  giveUp(reason: Error): boolean
  /** The result of `work`, or a refusal when it is not there in time. */
  within<T>(deadline: Deadline, work: Promise<T>): Promise<T>
}

export interface Deadline {
  readonly milliseconds: number
  /** What the caller is told. */
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
        if (!reply.raw.writableFinished) controller.abort(new DeadlineExceeded('The caller left.'))
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
