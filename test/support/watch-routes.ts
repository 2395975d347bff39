import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'

export interface WatchedRoute {
  readonly method: string
  readonly url: string
}

export interface WatchedRoutes extends Disposable {
  /** Of each server that was made since, in the order in which they were made. */
  readonly servers: readonly (readonly WatchedRoute[])[]
  /** Those of the one public endpoint. */
  gateway(): readonly WatchedRoute[]
}

/** Notes which routes the servers of this process register, from now on. */
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
