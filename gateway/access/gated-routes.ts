import type { FastifyInstance, RouteOptions } from 'fastify'

const harmless = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A route that can change something and names no gate is a bug that shows at start. Those added before are not seen. */
export function requireGates(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (changes(route) && route.config?.gate === undefined) {
      throw new Error(`${String(route.method)} ${route.url} can change something and names no gate: say config.gate`)
    }
  })
}

function changes({ method }: RouteOptions): boolean {
  return [method].flat().some((one) => !harmless.has(one))
}
