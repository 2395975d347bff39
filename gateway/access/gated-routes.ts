import type { FastifyInstance, RouteOptions } from 'fastify'

const harmless = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Fails at start if a route that can change something has no gate. Does not see routes that were added before. */
export function requireGates(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (changes(route) && route.config?.gate === undefined) {
      throw new Error(`${String(route.method)} ${route.url} can change something and has no gate: set config.gate`)
    }
  })
}

function changes({ method }: RouteOptions): boolean {
  return [method].flat().some((one) => !harmless.has(one))
}
