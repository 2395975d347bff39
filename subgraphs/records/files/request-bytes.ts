import type { Bytes } from '@strata/domain/shared'
import type { FastifyRequest } from 'fastify'

/**
 * The body as it comes in. A reader that stops leaves the connection open, so that the answer still arrives; a
 * caller that goes away ends it with an error.
 */
export async function* requestBytes({ raw }: FastifyRequest, stopping: AbortSignal): Bytes {
  const stopped = Promise.withResolvers<never>()
  stopped.promise.catch(() => {})
  const stop = () => stopped.reject(stopping.reason)
  stopping.addEventListener('abort', stop, { once: true })
  const pieces: AsyncIterator<Uint8Array> = raw.iterator({ destroyOnReturn: false })
  try {
    stopping.throwIfAborted()
    for (;;) {
      const piece = await Promise.race([pieces.next(), stopped.promise])
      if (piece.done === true) break
      yield piece.value
    }
  } catch (fault) {
    throw raw.complete || fault === stopping.reason ? fault : new CutShort(fault)
  } finally {
    stopping.removeEventListener('abort', stop)
    if (!stopping.aborted) await pieces.return?.()
  }
  // A body cut short does not always come with an error.
  if (!raw.complete) throw new CutShort()
}

/** The client disconnected in the middle, so no answer is sent. */
class CutShort extends Error {
  readonly statusCode = 400
  constructor(cause?: unknown) {
    super('The request ended before all of its body had come.', { cause })
    this.name = 'CutShort'
  }
}
