import type { FastifyInstance } from 'fastify'

/** Starts listening and says where; with port 0 the system chooses one. */
export async function listen(app: FastifyInstance, at: { host: string; port: number }): Promise<{ url: string }> {
  await app.listen({ host: at.host, port: at.port, listenTextResolver: (address) => `listening on ${address}` })
  return { url: addressOf(app, at) }
}

/** The address at which this machine reaches a listening server. */
export function addressOf(app: FastifyInstance, at: { host: string }): string {
  const address = app.server.address()
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.')
  return `http://${reachable(at.host)}:${address.port}`
}

/** "All addresses" is no address to connect to. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
