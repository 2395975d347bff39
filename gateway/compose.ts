import { actorOf, type Principal } from '@strata/domain/identity'
import { type WatchedPart } from '@strata/domain/shared'
import { closingWithin, disableVendorTelemetry, untilAskedToStop, version, type Config } from '@strata/infrastructure/environment'
import {
  addressOf,
  createHttpApp,
  graphqlEndpoint,
  healthRoutes,
  limitRates,
  listen,
  Overloaded,
  refuseForeignHosts,
  refuseTakenPort,
  statusByMediaType,
  vary,
} from '@strata/infrastructure/http'
import { archiveIdentity, gatewaySecrets } from '@strata/infrastructure/idp'
import { createLogger, currentRequestId, libraryLog, type Logger } from '@strata/infrastructure/telemetry'
import { frontDoor } from './access/front-door.ts'
import { requireGates } from './access/gated-routes.ts'
import { createContextFor } from './context/gateway-context.ts'
import { doors } from './doors/doors.ts'
import { openDoors } from './doors/open-doors.ts'
import { chooseDocument } from './documents/choose-document.ts'
import { readManifest } from './documents/manifest.ts'
import { clientErrors } from './errors/client-error.ts'
import { enumValuesOf, type EnumValues } from './errors/enum-values.ts'
import { retryAfter } from './errors/retry-after.ts'
import { createExplorer } from './explorer/explorer.ts'
import type { SubgraphTopology } from './federation/data-sources.ts'
import { takeTurnToPrint } from './federation/take-turn-to-print.ts'
import { startGraphqlServer } from './federation/graphql-server.ts'
import { readSupergraph } from './federation/supergraph.ts'
import { revokedTokensAt } from './onward/revoked-tokens.ts'
import { serviceParts } from './onward/service-parts.ts'
import { openapiRoute } from './openapi/openapi-route.ts'
import { sessionRoutes, type SignIn } from './session/session-routes.ts'
import { createAdmission } from './limits/admission.ts'
import { countCallers } from './limits/count-callers.ts'
import { createOperationCheck } from './limits/operation-check.ts'
import { createSlots } from './limits/slots.ts'
import { crossOrigin } from './security/cross-origin.ts'
import { setHsts } from './security/set-hsts.ts'

export type { InProcessSubgraph } from './federation/in-process-subgraph.ts'
export type { Session, SignIn } from './session/session-routes.ts'
export type { SubgraphTopology } from './federation/data-sources.ts'
export { revokedTokensAt } from './onward/revoked-tokens.ts'

export interface GatewayOptions {
  readonly config: Config
  readonly log: Logger
  readonly gatewaySecret: string
  verify(token: string): Promise<Principal>
  readonly subgraphs: SubgraphTopology
  /** Exchanges one-time links for sessions. Without it, there are no sessions. */
  readonly signIn?: SignIn | undefined
  /** What it needs in order to serve, besides the services in `subgraphs`. */
  readonly parts: readonly WatchedPart[]
  /** Replaces the committed supergraph. */
  readonly supergraphSdl?: string
}

export interface RunningGateway {
  readonly url: string
  close(): Promise<void>
}

/** Starts the public endpoint. It listens only when the supergraph is loaded. */
export async function composeGateway(o: GatewayOptions): Promise<RunningGateway> {
  disableVendorTelemetry()
  const { limits, web, reads, publicUrl } = o.config
  const secrets = gatewaySecrets(o.gatewaySecret)
  const { accept, manifest: manifestPath } = limits.documents
  const manifest = manifestPath === undefined ? new Map<string, string>() : await readManifest(manifestPath)
  let enumValues: EnumValues = () => []
  const { server, schema, bounds } = await startGraphqlServer({
    supergraphSdl: o.supergraphSdl ?? (await readSupergraph()),
    topology: o.subgraphs,
    secret: secrets.graphql,
    plugins: [statusByMediaType, takeTurnToPrint, retryAfter],
    formatError: clientErrors({
      requestId: currentRequestId,
      report: (fault) => o.log.error(fault, 'a GraphQL request failed'),
      enumValues: (name) => enumValues(name),
    }),
    log: libraryLog(o.log),
  })
  enumValues = enumValuesOf(schema)
  const app = createHttpApp({
    log: o.log,
    maxBodyBytes: o.config.maxBodyBytes,
    reads,
    trustedProxies: limits.trustedProxies,
    deadlines: { headersMs: limits.deadlines.headers, wholeBodyMs: limits.deadlines.receive, silenceMs: limits.deadlines.silence },
    connections: limits.connections,
  })
  const origin = () => (publicUrl ?? addressOf(app, o.config)).replace(/\/+$/, '')
  requireGates(app)
  refuseForeignHosts(app, { ...o.config, hostNames: web.hostNames })
  frontDoor(app, { ...o, reads, publicUrl, origin })
  setHsts(app, { publicUrl })
  crossOrigin(app, { origins: web.corsOrigins, vary })
  const watched = ['/healthz', '/readyz']
  const countCaller = limitRates(app, { rates: limits.rates, redisUrl: o.config.redisUrl, log: o.log, uncounted: watched })
  countCallers(app, { verify: o.verify, count: countCaller, uncounted: [...watched, '/graphql'] })
  const contextFor = createContextFor({ verify: o.verify })
  graphqlEndpoint(app, {
    path: '/graphql',
    server,
    limits: limits.answer,
    async contextFor(headers, ip, operation) {
      const context = await contextFor(headers, operation, ip)
      if (context.principal.kind !== 'ANONYMOUS') await countCaller(actorOf(context.principal), ip)
      return context
    },
    callerOf: ({ principal }, ip) => (principal.kind === 'ANONYMOUS' ? ip : actorOf(principal)),
    admit: createAdmission({
      deadlines: limits.deadlines,
      chooseDocument: (sent) => chooseDocument(sent, { accept, manifest }),
      check: createOperationCheck({ schema, bounds, limits: limits.query }),
      slots: createSlots({
        ...limits.slots,
        refuse: () => new Overloaded('This archive is running as many operations as it can; try again in a few seconds.', 5),
      }),
    }),
    page: createExplorer(app),
  })
  if (o.signIn) sessionRoutes(app, o.signIn)
  app.get('/', { config: { isOpen: () => true } }, async (_request, reply) => reply.redirect('/graphql'))
  const services = o.subgraphs.kind === 'http' ? serviceParts(o.subgraphs.urls) : []
  healthRoutes(app, { version, parts: [...o.parts, ...services], log: o.log })
  openapiRoute(app, { origin, doors: doors.map(({ described }) => described) })
  openDoors(app, o.subgraphs, secrets)

  const { url } = await listen(app, o.config)
  return {
    url,
    async close() {
      await app.close()
      await server.stop()
    },
  }
}

/** Runs the gateway as a separate service with the configured subgraphs, until it is asked to stop. */
export async function runGateway(config: Config): Promise<void> {
  const { tokenSecret, gatewaySecret, subgraphUrls } = config
  if (tokenSecret === undefined || gatewaySecret === undefined || subgraphUrls === undefined) {
    throw new Error('The gateway as a service of its own needs STRATA_ROLE=gateway, which checks the other required settings.')
  }
  const log = createLogger(config.log, 'gateway')
  await refuseTakenPort(config)
  const { verify } = archiveIdentity({
    config,
    secret: tokenSecret,
    loadRevoked: revokedTokensAt(urlOf(subgraphUrls, 'registry'), gatewaySecrets(gatewaySecret).revocations),
    report: (err) => log.error({ err }, "the keys of the machines' issuer could not be renewed"),
  })
  const subgraphs = { kind: 'http', urls: subgraphUrls } as const
  const gateway = await composeGateway({ config, log, gatewaySecret, verify, subgraphs, parts: [] })
  const asked = untilAskedToStop()
  log.info({ url: gateway.url }, 'gateway ready')
  await asked
  await closingWithin(log)('server', () => gateway.close())()
}

function urlOf(urls: Readonly<Record<string, string>>, name: string): string {
  const url = urls[name]
  if (url === undefined) throw new Error(`STRATA_SUBGRAPHS has no address for the service "${name}" is.`)
  return url
}
