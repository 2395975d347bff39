import type { FastifyInstance } from 'fastify'

/** A request that is in flight when closing begins is finished, and its connection ends with it instead of being kept. */
export function closeGracefully(app: FastifyInstance): void {
  let isClosing = false
  app.addHook('preClose', async () => {
    isClosing = true
  })
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close')
  })
}
