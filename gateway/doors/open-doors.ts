import type { FastifyInstance } from 'fastify'
import type { SubgraphTopology } from '../federation/data-sources.ts'
import { forwardTo } from '../onward/forward.ts'
import type { Door } from './door.ts'
import { doors } from './doors.ts'

/** Serves every door: mounts the routes of subgraphs in this process, and forwards to those in other processes. */
export function openDoors(app: FastifyInstance, topology: SubgraphTopology, secrets: Readonly<Record<Door['purpose'], string>>): void {
  if (topology.kind === 'in-process') {
    for (const subgraph of topology.subgraphs) subgraph.mount?.(app)
    return
  }
  for (const door of doors) {
    const url = topology.urls[door.service]
    if (url !== undefined) forwardDoor(app, door, { url, secret: secrets[door.purpose] })
  }
}

function forwardDoor(
  app: FastifyInstance,
  { routes, apology, body, atStop }: Door,
  to: { readonly url: string; readonly secret: string },
): void {
  const forward = forwardTo({ ...to, apology, isAnsweredMeanwhile: body?.isAnsweredMeanwhile ?? false })
  app.register(async (scope) => {
    if (body !== undefined) passBodiesOn(scope)
    if (atStop === 'break off') breakOffAtStop(scope)
    else scope.addHook('preClose', async () => forward.stop())
    scope.addHook('onClose', async () => forward.close())
    const gated = body === undefined ? {} : { hasLongBody: true, gate: body.gate }
    for (const { url, method, parameters } of routes)
      scope.route({ url, method: [...method], config: { ...gated, parameters }, handler: forward.handle })
  })
}

/** Streams bodies of any type. */
function passBodiesOn(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', (_request, body, done) => done(null, body))
}

function breakOffAtStop(scope: FastifyInstance): void {
  const inFlight = new Set<{ destroy(): unknown }>()
  scope.addHook('onRequest', async (_request, { raw }) => {
    inFlight.add(raw)
    raw.once('close', () => inFlight.delete(raw))
  })
  scope.addHook('preClose', async () => {
    for (const answer of inFlight) answer.destroy()
  })
}
