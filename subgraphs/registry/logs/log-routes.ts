import { Readable } from 'node:stream'
import { logParameters, type OpenLog } from '@strata/domain/run'
import { BadUserInput, Unavailable } from '@strata/domain/shared'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { CallerOf } from '../../server/mount.ts'
import { followLog } from './follow-log.ts'
import type { LogServices } from './services.ts'

/** More than these at once would keep others waiting for the database. */
const maxFollowers = 200

type LogRequest = FastifyRequest<{ Params: { id: string }; Querystring: { follow?: string } }>

interface LogRoute extends LogServices {
  readonly callerOf: CallerOf
}

/** `GET /runs/{id}/log`: all that a run has printed, as text; with `?follow=1` as server-sent events until it has ended. */
export function logRoutes(app: FastifyInstance, services: LogRoute): void {
  const closing = new AbortController()
  app.addHook('preClose', async () => closing.abort())
  let followers = 0

  app.get('/runs/:id/log', { config: { parameters: logParameters } }, async (request: LogRequest, reply) => {
    const log = await readableLog(request, services)
    if (!isFollowed(request)) return reply.type('text/plain; charset=utf-8').send(Readable.from(wholeLog(log)))

    if (followers >= maxFollowers)
      throw new Unavailable(`${maxFollowers} logs are being followed here already; try again in a little while.`)
    const from = positionOf(request)
    const left = new AbortController()
    followers += 1
    reply.raw.once('close', () => {
      followers -= 1
      left.abort()
    })
    // A proxy that waits for more before it passes anything on would end the following.
    reply.type('text/event-stream; charset=utf-8').header('x-accel-buffering', 'no')
    return reply.send(Readable.from(followLog(log, from, { left: left.signal, stopping: closing.signal })))
  })
}

async function readableLog({ params, headers }: LogRequest, { callerOf, viewsFor }: LogRoute): Promise<OpenLog> {
  const caller = await callerOf({ authorization: headers.authorization, 'x-strata-gateway': textOf(headers['x-strata-gateway']) })
  return viewsFor(caller).openLog(params.id)
}

function isFollowed({ query }: LogRequest): boolean {
  const { follow } = query
  if (follow === undefined || follow === '0' || follow === 'false') return false
  if (follow === '' || follow === '1' || follow === 'true') return true
  throw new BadUserInput('"follow" is 1 or 0.', 'follow')
}

/** A client that lost the connection continues after the last event it has. */
function positionOf({ headers }: LogRequest): number {
  const last = headers['last-event-id']
  if (last === undefined || last === '') return 0
  const position = typeof last === 'string' && /^[0-9]{1,15}$/.test(last) ? Number(last) : undefined
  if (position === undefined) throw new BadUserInput('"Last-Event-ID" is the id of an event of this log.', 'Last-Event-ID')
  return position
}

async function* wholeLog(log: OpenLog): AsyncGenerator<Uint8Array, void> {
  for (let from = 0; ;) {
    const bytes = await log.read(from)
    if (bytes.length === 0) return
    yield bytes
    from += bytes.length
  }
}

function textOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined
}
