import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { resetConnection } from './reset-connection.ts'

/** Answers that take longer are cut off. A service must end within the ten seconds that Docker allows. */
const patienceMs = 4_000

/**
 * Finishes requests that are in flight when closing begins, and closes their connections instead of keeping them alive. Routes with
 * long streams end them when closing begins. Connections that are still open after a few seconds are cut off.
 */
export function closeGracefully(app: FastifyInstance): void {
  const server = app.server as Server
  const sockets = new Set<Socket>()
  let isClosing = false
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  app.addHook('preClose', async () => {
    isClosing = true
    const deadline = setTimeout(() => {
      for (const socket of sockets) resetConnection(socket)
    }, patienceMs)
    server.once('close', () => clearTimeout(deadline))
  })
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close')
  })
  // If the headers of an answer were sent before closing began, its connection is kept alive. It becomes idle after this hook.
  app.addHook('onResponse', async () => {
    if (isClosing) setImmediate(() => server.closeIdleConnections())
  })
}
