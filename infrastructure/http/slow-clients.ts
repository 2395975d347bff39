import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { hasLongBody, type Deadlines } from './body-deadline.ts'
import { resetConnection } from './reset-connection.ts'

/** How often Node checks for requests whose headers are late. */
function checkInterval({ headersMs }: Pick<Deadlines, 'headersMs'>): number {
  return Math.min(2_000, Math.ceil(headersMs / 5))
}

/**
 * Node's settings for headers that trickle in. Node checks only at intervals, so the limit is lower by one interval. The deadline then
 * holds.
 */
export function headerLimits(deadlines: Pick<Deadlines, 'headersMs'>): { headersTimeout: number; connectionsCheckingInterval: number } {
  const connectionsCheckingInterval = checkInterval(deadlines)
  return { headersTimeout: deadlines.headersMs - connectionsCheckingInterval, connectionsCheckingInterval }
}

/**
 * Disconnects clients that stall: those that do not read their answer, and those that stop sending in the middle of a streamed body. Node's
 * socket timeout only reports that no byte has moved in either direction. The code here decides whether the client is the cause. While the
 * archive itself is at work, the connection stays open.
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
    if (request === undefined || isWaitingForClient(request, socket)) resetConnection(socket)
    else socket.setTimeout(patienceMs)
  })

  // Closing waits for every request, except for clients that never finish a request or never read an answer.
  app.addHook('preClose', async () => {
    patienceMs = Math.min(patienceMs, closingPatienceMs)
    for (const [socket, request] of open) if (request !== undefined) socket.setTimeout(patienceMs)
    const deadline = setTimeout(() => {
      for (const [socket, request] of open) if (request === undefined) resetConnection(socket)
    }, closingPatienceMs)
    server.once('close', () => clearTimeout(deadline))
  })
}

const closingPatienceMs = 5_000

function isWaitingForClient(request: FastifyRequest, socket: Socket): boolean {
  return socket.writableLength > 0 || (hasLongBody(request) && !request.raw.complete)
}
