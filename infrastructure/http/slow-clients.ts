import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { hasLongBody, type Deadlines } from './body-deadline.ts'
import { cutOff } from './cut-off.ts'

/** How often Node looks for requests whose headers are late. */
export function checkInterval({ headersMs }: Pick<Deadlines, 'headersMs'>): number {
  return Math.min(2_000, Math.ceil(headersMs / 5))
}

/** Node's settings for headers that trickle in. It looks every so often, so the limit is lower by that: the promise holds. */
export function headerLimits(deadlines: Pick<Deadlines, 'headersMs'>): { headersTimeout: number; connectionsCheckingInterval: number } {
  const connectionsCheckingInterval = checkInterval(deadlines)
  return { headersTimeout: deadlines.headersMs - connectionsCheckingInterval, connectionsCheckingInterval }
}

/**
 * Disconnects clients that stop: those that do not read their answer, and those that fall silent in the middle of a streamed
 * body. Node's timeout of a connection only says that no byte has moved in either direction; whose fault that is, is decided
 * here. While the archive itself is at work, the connection stays.
 */
export function disconnectSilent(app: FastifyInstance, { silenceMs }: Pick<Deadlines, 'silenceMs'>): void {
  const server = app.server as Server
  const open = new Map<Socket, FastifyRequest | undefined>()
  let patienceMs = silenceMs
  server.setTimeout(silenceMs)

  server.on('connection', (socket: Socket) => {
    open.set(socket, undefined)
    socket.once('close', () => open.delete(socket))
  })
  app.addHook('onRequest', async (request, reply) => {
    const { socket } = request.raw
    if (open.has(socket)) open.set(socket, request)
    reply.raw.once('close', () => {
      if (open.get(socket) === request) open.set(socket, undefined)
    })
  })
  server.on('timeout', (socket: Socket) => {
    const request = open.get(socket)
    if (request === undefined || isWaitingForClient(request, socket)) cutOff(socket)
    else socket.setTimeout(patienceMs)
  })

  // Closing waits for every request. It does not wait for clients that never finish one, or never read an answer.
  app.addHook('preClose', async () => {
    patienceMs = Math.min(patienceMs, closingPatienceMs)
    for (const [socket, request] of open) if (request !== undefined) socket.setTimeout(patienceMs)
    const deadline = setTimeout(() => {
      for (const [socket, request] of open) if (request === undefined) cutOff(socket)
    }, closingPatienceMs)
    server.once('close', () => clearTimeout(deadline))
  })
}

const closingPatienceMs = 5_000

function isWaitingForClient(request: FastifyRequest, socket: Socket): boolean {
  return socket.writableLength > 0 || (hasLongBody(request) && !request.raw.complete)
}
