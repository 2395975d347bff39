import type { GatedUseCase } from '@strata/domain/identity'
import type { FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The gate of a route whose method can change something. */
    gate?: RouteGate
    /** Whether a private archive answers without a token. Default: no. */
    isOpen?: (request: FastifyRequest) => boolean
    /** The query parameters of the route. All others are refused. Default: none. */
    parameters?: readonly string[] | ((request: FastifyRequest) => readonly string[])
  }
}

type RouteGate = GatedUseCase | 'each mutation' | 'own session' | 'nothing changes'
