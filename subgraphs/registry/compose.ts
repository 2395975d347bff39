import type { FastifyInstance } from 'fastify'
import type { CallerFor } from '../server/mount.ts'
import type { Services } from '../server/services.ts'
import { logRoutes } from './logs/log-routes.ts'

/** What of the registry is served beside GraphQL: what runs printed. */
export function mountRegistry(app: FastifyInstance, { runsFor }: Services, callerFor: CallerFor): void {
  logRoutes(app, { runsFor, callerOf: callerFor('logs') })
}
