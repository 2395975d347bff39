import { actorOf, type Principal } from '@strata/domain/identity'
import { disableVendorTelemetry, untilAskedToStop, type Config } from '@strata/infrastructure/environment'
import { createHttpApp, graphqlEndpoint, limitRates, listen, statusByMediaType, vary } from '@strata/infrastructure/http'
import { archiveIdentity, revokedAt } from '@strata/infrastructure/idp'
import { createLogger, currentRequestId, libraryLog, type Logger } from '@strata/infrastructure/telemetry'
import { frontDoor } from './access/front-door.ts'
import { requireGates } from './access/gated-routes.ts'
import { createContextFor } from './context/gateway-context.ts'
import { dataRoutes, type DataRoutes } from './data/data-routes.ts'
import { chooseDocument } from './documents/choose-document.ts'
import { readManifest } from './documents/manifest.ts'
import { clientErrors } from './errors/client-error.ts'
import { retryAfter } from './errors/retry-after.ts'
import { createExplorer } from './explorer/explorer.ts'
import type { SubgraphTopology } from './federation/data-sources.ts'
import { startGraphqlServer } from './federation/graphql-server.ts'
import { readSupergraph } from './federation/supergraph.ts'
import { fileRoutes, type FileRoutes } from './files/forward-routes.ts'
import { healthRoutes } from './health/health-routes.ts'
import { importRoute } from './import/import-route.ts'
import { importerOf } from './import/importer.ts'
import { openapiRoute } from './openapi/openapi-route.ts'
import { sessionRoutes, type SignIn } from './session/session-routes.ts'
import { createAdmission } from './limits/admission.ts'
import { countCallers } from './limits/count-callers.ts'
import { createOperationCheck } from './limits/operation-check.ts'
import { logRoute, type LogRoute } from './logs/log-route.ts'
import { crossOrigin } from './security/cross-origin.ts'
import { insistOnHttps } from './security/insist-on-https.ts'

export type { InProcessSubgraph } from './federation/in-process-subgraph.ts'
export type { Session, SignIn } from './session/session-routes.ts'
export type { SubgraphTopology } from './federation/data-sources.ts'
export type { FileRoutes } from './files/forward-routes.ts'
export type { DataRoutes } from './data/data-routes.ts'
export type { LogRoute } from './logs/log-route.ts'

export interface GatewayOptions {
  readonly config: Config
  readonly log: Logger
  readonly gatewaySecret: string
  verify(token: string): Promise<Principal>
  readonly subgraphs: SubgraphTopology
  /** Where files are served; none are without it. */
  readonly files?: FileRoutes
  /** Where datasets are downloaded; nowhere without it. */
  readonly data?: DataRoutes
  /** Where the logs of runs are served; none are without it. */
  readonly logs?: LogRoute
  /** The way from a one-time link to a session; without it there are no sessions. */
  readonly signIn?: SignIn | undefined
  /** Whether what is behind the gateway can serve. */
  ready(): Promise<boolean>
  /** Another supergraph than the committed one. */
  readonly supergraphSdl?: string
}

export interface RunningGateway {
  readonly url: string
  close(): Promise<void>
}

/** Starts the one public endpoint. It listens only once the supergraph is loaded. */
export async function composeGateway(o: GatewayOptions): Promise<RunningGateway> {
  disableVendorTelemetry()
  const { limits, web } = o.config
  const { accept, manifest: manifestPath } = limits.documents
  const manifest = manifestPath === undefined ? new Map<string, string>() : await readManifest(manifestPath)
  const { server, schema } = await startGraphqlServer({
    supergraphSdl: o.supergraphSdl ?? (await readSupergraph()),
    topology: o.subgraphs,
    plugins: [statusByMediaType, retryAfter],
    formatError: clientErrors({
      requestId: currentRequestId,
      report: (fault) => o.log.error(fault, 'a GraphQL request failed'),
    }),
    log: libraryLog(o.log),
  })
  const app = createHttpApp({
    log: o.log,
    maxBodyBytes: o.config.maxBodyBytes,
    trustedProxies: limits.trustedProxies,
    deadlines: { headersMs: limits.deadlines.headers, wholeBodyMs: limits.deadlines.receive, silenceMs: limits.deadlines.silence },
    connections: limits.connections,
  })
  requireGates(app)
  frontDoor(app, { ...o, reads: o.config.reads, publicUrl: o.config.publicUrl })
  insistOnHttps(app, { publicUrl: o.config.publicUrl })
  crossOrigin(app, { origins: web.corsOrigins, vary })
  const watched = ['/healthz', '/readyz']
  const countCaller = limitRates(app, { rates: limits.rates, redisUrl: o.config.redisUrl, log: o.log, uncounted: watched })
  countCallers(app, { verify: o.verify, count: countCaller, uncounted: [...watched, '/graphql'] })
  const contextFor = createContextFor({ verify: o.verify, gatewaySecret: o.gatewaySecret })
  graphqlEndpoint(app, {
    path: '/graphql',
    server,
    async contextFor(headers, ip, signal) {
      const context = await contextFor(headers, signal, ip)
      if (context.principal.kind !== 'ANONYMOUS') await countCaller(actorOf(context.principal), ip)
      return context
    },
    admit: createAdmission({
      deadlines: limits.deadlines,
      chooseDocument: (sent) => chooseDocument(sent, { accept, manifest }),
      check: createOperationCheck({ schema, limits: limits.query }),
    }),
    page: createExplorer(app),
  })
  if (o.signIn) sessionRoutes(app, o.signIn)
  app.get('/', { config: { isOpen: () => true } }, async (_request, reply) => reply.redirect('/graphql'))
  importRoute(app, {
    contextFor: (headers, address) => contextFor(headers, neverAborted, address),
    importer: importerOf(o.subgraphs, (err) => o.log.error({ err }, 'an import could not be handed on')),
  })
  healthRoutes(app, o.ready)
  openapiRoute(app, { publicUrl: o.config.publicUrl })
  if (o.files) fileRoutes(app, o.files, { gatewaySecret: o.gatewaySecret })
  if (o.data) dataRoutes(app, o.data, { gatewaySecret: o.gatewaySecret })
  if (o.logs) logRoute(app, o.logs, { gatewaySecret: o.gatewaySecret })

  const { url } = await listen(app, o.config)
  return {
    url,
    async close() {
      await app.close()
      await server.stop()
    },
  }
}

/** An import goes on for as long as lines come, and ends when they end. */
const neverAborted = new AbortController().signal

/** The gateway as a service of its own, with the subgraphs where the configuration says; until it is asked to stop. */
export async function runGateway(config: Config): Promise<void> {
  const { tokenSecret, gatewaySecret, subgraphUrls } = config
  if (tokenSecret === undefined || gatewaySecret === undefined || subgraphUrls === undefined) {
    throw new Error('The gateway as a service of its own needs STRATA_ROLE=gateway, which says what else is missing.')
  }
  const log = createLogger(config.log, 'gateway')
  const { verify } = archiveIdentity({
    config,
    secret: tokenSecret,
    loadRevoked: revokedAt({ registryUrl: urlOf(subgraphUrls, 'registry'), gatewaySecret }),
    report: (err) => log.error({ err }, 'the keys of the machines\' issuer could not be renewed'),
  })
  const subgraphs = { kind: 'http', urls: subgraphUrls } as const
  const files = { kind: 'http', url: urlOf(subgraphUrls, 'records') } as const
  const data = { kind: 'http', url: urlOf(subgraphUrls, 'data') } as const
  const logs = { kind: 'http', url: urlOf(subgraphUrls, 'registry') } as const
  const gateway = await composeGateway({ config, log, gatewaySecret, verify, subgraphs, files, data, logs, ready: () => allReady(subgraphUrls) })
  log.info({ url: gateway.url }, 'gateway ready')
  await untilAskedToStop()
  await gateway.close()
}

function urlOf(urls: Readonly<Record<string, string>>, name: string): string {
  const url = urls[name]
  if (url === undefined) throw new Error(`STRATA_SUBGRAPHS does not say where the service "${name}" is.`)
  return url
}

/** A gateway can serve when every subgraph behind it can. */
async function allReady(urls: Readonly<Record<string, string>>): Promise<boolean> {
  const answers = await Promise.allSettled(
    Object.values(urls).map((url) => fetch(new URL('/readyz', url), { signal: AbortSignal.timeout(2_000) })),
  )
  return answers.every((answer) => answer.status === 'fulfilled' && answer.value.ok)
}
