import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { downloadFormats } from '@strata/domain/dataset'
import { exportFormats } from '@strata/domain/provenance'
import type { FastifyInstance } from 'fastify'
import { beforeAll, expect, test } from 'vitest'
import { citationEndings } from '../../subgraphs/data/citations/citation-form.ts'
import { descriptions } from '../../subgraphs/data/downloads/describe-dataset.ts'
import { openArchive, type Topology } from '../support/index.ts'

interface Route {
  readonly method: string
  readonly url: string
}
interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly schema: { readonly enum?: readonly string[] } }[]
  readonly responses: object
}
type Page = Readonly<Record<string, Readonly<Record<string, Operation>>>>

/** Not for those who use an archive. */
const undescribed = new Map([
  ['GET /', 'leads to the explorer'],
  ['GET /graphql/explorer/:name', "is a part of the explorer's page"],
  ...['PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((method) => [`${method} /graphql`, 'only says which methods there are'] as const),
])

let served: Route[]
let page: Page

beforeAll(async () => {
  const { gateway, answer } = await routesOf('one process', async (url) => (await fetch(new URL('/openapi.json', url))).json())
  served = gateway
  page = (answer as { paths: Page }).paths
})

test('the OpenAPI page has every route of the archive', () => {
  // Where something can be got, its head can be, too.
  const wanted = served.filter(
    ({ method, url }) => method !== 'HEAD' || !served.some((other) => other.method === 'GET' && other.url === url),
  )
  const described = operations(page).map(({ method, path }) => nameOf(routeOf(method, path)))
  const missing = wanted.map(nameOf).filter((name) => !described.includes(name) && !undescribed.has(name))
  expect(missing, 'describe these in gateway/openapi').toEqual([])
  expect(
    [...undescribed.keys()].filter((name) => !served.map(nameOf).includes(name)),
    'are not served any more',
  ).toEqual([])
})

test('everything on the page is served', () => {
  const lost = operations(page).filter(({ method, path }) => routeOf(method, path) === undefined)
  expect(
    lost.map(({ method, path }) => `${method} ${path}`),
    'nothing serves these',
  ).toEqual([])
})

test('a route that is on no page would be noticed, and a page without its route', () => {
  const described = operations(page).map(({ method, path }) => nameOf(routeOf(method, path)))
  expect(described).not.toContain('GET /graphql/explorer/:name')
  expect(routeOf('POST', '/data/a/records.csv')).toBeUndefined()
  expect(routeOf('GET', '/nothing')).toBeUndefined()
  expect(nameOf(routeOf('POST', '/files/uploads'))).toBe('POST /files/uploads')
})

test('a route with several names is described under each of them', () => {
  for (const name of descriptions) expect(Object.keys(page)).toContain(`/data/{convention}/${name}`)
  expect(choicesOf('/data/{convention}/{table}.{format}', 'format')).toEqual(downloadFormats)
  expect(choicesOf('/data/{convention}/{table}.{format}.meta.json', 'format')).toEqual(downloadFormats)
  expect(choicesOf('/provenance/{id}.{format}', 'format')).toEqual(exportFormats.map(({ suffix }) => suffix.slice(1)))
  expect(choicesOf('/cite/{id}.{form}', 'form').toSorted()).toEqual(citationEndings.map(([ending]) => ending.slice(1)).toSorted())
})

test('every path except health checks describes the answer to too many requests', () => {
  const without = operations(page)
    .filter(({ operation }) => !('429' in operation.responses))
    .map(({ path }) => path)
  expect(new Set(without)).toEqual(new Set(['/healthz', '/readyz']))
})

test('the gateway forwards to the other routes of services', async () => {
  const { gateway, services } = await routesOf('separate services', async () => {})
  const internal = /^\/(graphql|healthz|readyz|revocations)$/
  const lost = services.filter(
    ({ method, url }) => !internal.test(url) && routeOf(method, url.replaceAll(/:\w+/g, 'x'), gateway) === undefined,
  )
  expect(lost.map(nameOf)).toEqual([])
  expect(services.map(nameOf)).toContain('GET /data/:convention/:file')
})

/** What the processes of an archive serve over HTTP, as they register it. */
async function routesOf(topology: Topology, meanwhile: (url: string) => Promise<unknown>) {
  const apps: Route[][] = []
  const watch = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance }
    const routes: Route[] = []
    apps.push(routes)
    fastify.addHook('onRoute', ({ method, url }) => void routes.push(...[method].flat().map((one) => ({ method: one, url }))))
  }
  subscribe('fastify.initialization', watch)
  try {
    await using archive = await openArchive(topology)
    const answer = await meanwhile(archive.url)
    const isGateway = (routes: readonly Route[]) => routes.some(({ url }) => url === '/openapi.json')
    return { gateway: apps.find(isGateway) ?? [], services: apps.filter((routes) => !isGateway(routes)).flat(), answer }
  } finally {
    unsubscribe('fastify.initialization', watch)
  }
}

function operations(of: Page) {
  return Object.entries(of).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
}

/** As the router does: what stands in an address goes before what may be anything. */
function routeOf(method: string, path: string, among: readonly Route[] = served): Route | undefined {
  const address = path.replaceAll(/\{\w+\}/g, 'x')
  const pattern = (url: string) => new RegExp(`^${url.replaceAll('.', '\\.').replaceAll('*', '.+').replaceAll(/:\w+/g, '[^/]+')}$`)
  const fitting = among.filter((route) => route.method === method && pattern(route.url).test(address))
  return fitting.toSorted((a, b) => a.url.split(':').length - b.url.split(':').length)[0]
}

function nameOf(route: Route | undefined): string {
  return `${route?.method} ${route?.url}`
}

function choicesOf(path: string, parameter: string): readonly string[] {
  return page[path]?.['get']?.parameters?.find(({ name }) => name === parameter)?.schema.enum ?? []
}
