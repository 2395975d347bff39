import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { cutOff } from './cut-off.ts'

/** What is still answered after this long is cut off. A service must end within the ten seconds that Docker allows it. */
const patienceMs = 4_000

/**
 * A request that is in flight when closing begins is finished, and its connection ends with it instead of being kept. Routes with long
 * streams end them when closing begins; a connection that is open after a few seconds all the same is cut off.
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
      for (const socket of sockets) cutOff(socket)
    }, patienceMs)
    server.once('close', () => clearTimeout(deadline))
  })
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close')
  })
  // An answer whose headers were sent before closing began leaves a connection that is kept. It becomes idle after this hook.
  app.addHook('onResponse', async () => {
    if (isClosing) setImmediate(() => server.closeIdleConnections())
  })
}
