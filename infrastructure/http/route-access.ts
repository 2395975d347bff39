import type { GatedUseCase } from '@strata/domain/identity'
import type { FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a route whose method can change something requires of its caller. */
    gate?: RouteGate
    /** Whether a private archive answers this to everybody. Without it, it does not. */
    isOpen?: (request: FastifyRequest) => boolean
    /** The query parameters that the route takes. Without it, none; all others are refused. */
    parameters?: readonly string[] | ((request: FastifyRequest) => readonly string[])
  }
}

type RouteGate = GatedUseCase | 'each mutation' | 'own session' | 'nothing changes'
