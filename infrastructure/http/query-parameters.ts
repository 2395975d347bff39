import { BadUserInput, didYouMean } from '@strata/domain/shared'
import type { FastifyInstance } from 'fastify'
import './route-access.ts'

/**
 * Refuses query parameters that a route does not declare in `config.parameters`, and repeated ones, so that a misspelt parameter
 * does not silently use its default. Runs after the hooks that admit a caller and before the body is read.
 */
export function refuseUnknownParameters(app: FastifyInstance): void {
  app.addHook('preParsing', async (request) => {
    if (request.is404) return
    const { parameters = [] } = request.routeOptions.config
    checkParameters(request.query, typeof parameters === 'function' ? parameters(request) : parameters)
  })
}

function checkParameters(query: unknown, known: readonly string[]): void {
  for (const [name, value] of Object.entries(query ?? {})) {
    const shown = name.slice(0, 80).toWellFormed()
    if (!known.includes(name)) {
      const takes = known.length === 0 ? 'none' : known.join(', ')
      throw new BadUserInput(`This address has no parameter "${shown}"; it takes ${takes}.${didYouMean(shown, known)}`, shown)
    }
    if (typeof value !== 'string') throw new BadUserInput(`"${shown}" is given more than once; give it once.`, shown)
  }
}
