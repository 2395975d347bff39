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
  /** Whether reads are public. Decides which caches may store an answer. */
  readonly reads: Reads
  readonly deadlines?: Partial<Deadlines>
  /** Limits on open connections. Without it, only the operating system limits them. */
  readonly connections?: ConnectionLimits
  /** The proxies whose X-Forwarded-For is trusted. */
  readonly trustedProxies?: string | undefined
  /** The caller's address, if a trusted service reports one other than the peer's. */
  readonly addressOf?: AddressOf
}

/**
 * The HTTP server of every service. All errors are answered as JSON in the shape of a GraphQL error, and every request has one id
 * from here on.
 */
export function createHttpApp(o: HttpAppOptions): FastifyInstance {
  const log: FastifyBaseLogger = libraryLog(o.log)
  const deadlines = { ...usualDeadlines, ...o.deadlines }
  const app = Fastify({
    loggerInstance: log,
    // A child logger would add its own request id to the one that the logger takes from the running request.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: o.maxBodyBytes,
    // JSON.parse creates an ordinary key "__proto__". Validation reports it at its path instead of failing the whole body.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
    ...(o.trustedProxies === undefined ? {} : { trustProxy: o.trustedProxies }),
    genReqId: chooseRequestId,
    requestIdHeader: false,
    // Node's own limit would also end long uploads; see limitBodyTime.
    requestTimeout: 0,
    // In an address, a file name of 255 bytes takes up to three characters per byte, plus up to 300 for the record's SRN.
    routerOptions: { maxParamLength: 1_024 },
    keepAliveTimeout: 72_000,
    http: headerLimits(deadlines),
    // Closing waits for requests in flight and closes idle connections. A request on one of those is still served.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    clientErrorHandler: answerBrokenRequest,
  })
  // Otherwise forms and plain text would be parsed as bodies that no route here expects.
  app.removeContentTypeParser('text/plain')
  app.setErrorHandler(answerError)
  app.setNotFoundHandler(answerUnknownRoute)
  // Runs first, so that routes can override these headers and answers that end a request early also have them.
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
