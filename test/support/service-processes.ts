import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { archiveTokens } from '@strata/infrastructure/idp'
import { expect } from 'vitest'
import { startNodeProcess, type RunningNode } from '../standalone/running-node.ts'
import { freePort } from './free-port.ts'
import { graphqlClient, type Ask } from './graphql-client.ts'

const services = ['conventions', 'registry', 'records', 'data', 'worker', 'gateway'] as const
export type Service = (typeof services)[number]

/** An archive with one process per service, as in docker-compose.yml, each on a fixed port. */
export interface ServiceProcesses extends AsyncDisposable {
  readonly url: string
  urlOf(service: Service): string
  process(service: Service): RunningNode
  /** Starts or restarts a service, and waits until it is ready. */
  start(service: Service): Promise<void>
  /** Sends a query as an ADMIN. */
  readonly ask: Ask
  /** A token of this ADMIN; default: `operator`. */
  sign(subject?: string): Promise<string>
}

export async function startServices(o: { dataDir: string; settings: Record<string, string> }): Promise<ServiceProcesses> {
  const [tokenSecret, gatewaySecret] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')]
  const ports = Object.fromEntries(await Promise.all(services.map(async (service) => [service, await freePort()])))
  const urlOf = (service: Service) => `http://127.0.0.1:${ports[service]}`
  const subgraphs = services.slice(0, 4)
  const running = new Map<Service, RunningNode>()
  const settings = {
    STRATA_TOKEN_SECRET: tokenSecret,
    STRATA_GATEWAY_SECRET: gatewaySecret,
    STRATA_LOG_FORMAT: 'json',
    ...o.settings,
    STRATA_SUBGRAPHS: subgraphs.map((name) => `${name}=${urlOf(name)}/graphql`).join(),
  }
  async function start(service: Service): Promise<void> {
    running.set(
      service,
      startNodeProcess(join(o.dataDir, 'shared'), { ...settings, STRATA_ROLE: service, STRATA_PORT: String(ports[service]) }),
    )
    const status = () =>
      fetch(`${urlOf(service)}/readyz`).then(
        (answer) => answer.status,
        () => running.get(service)?.output(),
      )
    await expect.poll(status).toBe(200)
  }
  const process = (service: Service) => {
    const found = running.get(service)
    if (found === undefined) throw new Error(`${service} was not started`)
    return found
  }
  const tokens = archiveTokens({ secret: tokenSecret, domain: 'localhost' })
  const sign = (subject = 'operator') => tokens.sign({ subject, roles: ['ADMIN'], scopes: [], expiresInSeconds: 3_600 })
  await Promise.all(subgraphs.map(start))
  await Promise.all([start('worker'), start('gateway')])
  return {
    url: urlOf('gateway'),
    urlOf,
    process,
    start,
    sign,
    ask: graphqlClient(urlOf('gateway'), await sign()),
    async [Symbol.asyncDispose]() {
      await Promise.all([...running.values()].map((each) => each[Symbol.asyncDispose]()))
    },
  }
}
