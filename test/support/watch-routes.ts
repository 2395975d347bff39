import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'

export interface WatchedRoute {
  readonly method: string
  readonly url: string
}

export interface WatchedRoutes extends Disposable {
  /** The routes of each server created since then, in the order of creation. */
  readonly servers: readonly (readonly WatchedRoute[])[]
  /** The routes of the public endpoint. */
  gateway(): readonly WatchedRoute[]
}

/** Records the routes that the servers of this process register from now on. */
export function watchRoutes(): WatchedRoutes {
  const servers: WatchedRoute[][] = []
  const watch = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance }
    const routes: WatchedRoute[] = []
    servers.push(routes)
    fastify.addHook('onRoute', ({ method, url }) => void routes.push(...[method].flat().map((one) => ({ method: one, url }))))
  }
  subscribe('fastify.initialization', watch)
  return {
    servers,
    gateway: () => servers.find((routes) => routes.some(({ url }) => url === '/openapi.json')) ?? [],
    [Symbol.dispose]: () => void unsubscribe('fastify.initialization', watch),
  }
}
