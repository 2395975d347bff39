import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { libraryLog, type Logger } from '../telemetry/index.ts'
import { limitBodyTime, usualDeadlines, type Deadlines } from './body-deadline.ts'
import { answerBrokenRequest } from './broken-request.ts'
import { limitConnections, type ConnectionLimits } from './connection-limits.ts'
import { answerError, answerUnknownRoute } from './error-answer.ts'
import { closeGracefully } from './graceful-close.ts'
import { decideCaching, type Reads } from './caching.ts'
import { refuseSeveralHosts } from './host-header.ts'
import { refuseUnknownParameters } from './query-parameters.ts'
import { chooseRequestId, followRequest, type AddressOf } from './request-id.ts'
import { logRequests } from './request-log.ts'
import { refuseAmbiguousTargets } from './request-target.ts'
import { safeHeaders } from './safe-headers.ts'
import { disconnectSilent, headerLimits } from './slow-clients.ts'

export interface HttpAppOptions {
  readonly log: Logger
  readonly maxBodyBytes: number
  /** Whether reads are open to everyone. It decides which caches may keep an answer. */
  readonly reads: Reads
  readonly deadlines?: Partial<Deadlines>
  /** Limits on open connections. Without it, only the operating system limits them. */
  readonly connections?: ConnectionLimits
  /** Whose X-Forwarded-For is believed. */
  readonly trustedProxies?: string | undefined
  /** Who is said to have called, where it is not who connected. */
  readonly addressOf?: AddressOf
}

/**
 * The server every service listens with. Whatever goes wrong is answered as JSON in the shape of a GraphQL error, and
 * a request carries one id from here on.
 */
export function createHttpApp(o: HttpAppOptions): FastifyInstance {
  const log: FastifyBaseLogger = libraryLog(o.log)
  const deadlines = { ...usualDeadlines, ...o.deadlines }
  const app = Fastify({
    loggerInstance: log,
    // A child logger would bind its own id beside the one that the logger takes from the running request.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: o.maxBodyBytes,
    // JSON.parse makes a key "__proto__" a key like any other. It is found wrong where it stands, not with all that came beside it.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
    ...(o.trustedProxies === undefined ? {} : { trustProxy: o.trustedProxies }),
    genReqId: chooseRequestId,
    requestIdHeader: false,
    // Node's own limit would end a long upload, too; see limitBodyTime.
    requestTimeout: 0,
    // A file's name has up to 255 bytes, three characters each in an address, and a record's name up to 300.
    routerOptions: { maxParamLength: 1_024 },
    keepAliveTimeout: 72_000,
    http: headerLimits(deadlines),
    // Closing waits for requests in flight and lets go of idle connections; a request on one of them is still served.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    clientErrorHandler: answerBrokenRequest,
  })
  // Without this, a form or plain text would be read as a body that no route here understands.
  app.removeContentTypeParser('text/plain')
  app.setErrorHandler(answerError)
  app.setNotFoundHandler(answerUnknownRoute)
  // At the very beginning, so that a route may say otherwise and whatever ends the request early is covered, too.
  app.addHook('onRequest', async (_request, reply) => void reply.headers(safeHeaders))
  if (o.connections) limitConnections(app, o.connections)
  followRequest(app, o.addressOf)
  refuseAmbiguousTargets(app)
  refuseSeveralHosts(app)
  decideCaching(app, o.reads)
  refuseUnknownParameters(app)
  limitBodyTime(app, deadlines)
  disconnectSilent(app, deadlines)
  closeGracefully(app)
  logRequests(app, o.log)
  return app
}
