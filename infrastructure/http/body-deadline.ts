import type { FastifyInstance } from 'fastify'
import { answerBrokenRequest } from './broken-request.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body may take as long as it keeps coming. */
    readonly hasLongBody?: boolean
  }
}

/** A body must have come in time; one that may be long must not fall silent for as long. */
export function limitBodyTime(app: FastifyInstance, milliseconds: number): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { raw } = request
    const late = () => answerBrokenRequest(Object.assign(new Error('the body came too late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), raw.socket)
    if (request.routeOptions.config.hasLongBody === true) {
      const silent = () => void (raw.complete || raw.destroy())
      raw.setTimeout(milliseconds, silent)
    } else if (!raw.complete) {
      const deadline = setTimeout(late, milliseconds)
      raw.once('close', () => clearTimeout(deadline)).once('end', () => clearTimeout(deadline))
    }
    done()
  })
}
