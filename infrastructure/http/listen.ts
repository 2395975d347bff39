import { once } from 'node:events'
import { createServer } from 'node:net'
import type { FastifyInstance } from 'fastify'

interface Place {
  readonly host: string
  readonly port: number
}

/** Refused at start: the address to listen on is not available. */
class CannotListen extends Error {
  constructor(message: string, options: ErrorOptions) {
    super(message, options)
    this.name = 'CannotListen'
  }
}

/** Starts listening and returns the address. With port 0 the system chooses a port. */
export async function listen(app: FastifyInstance, at: Place): Promise<{ url: string }> {
  try {
    await app.listen({ host: at.host, port: at.port, listenTextResolver: (address) => `listening on ${address}` })
  } catch (fault) {
    throw whyNot(fault, at)
  }
  return { url: addressOf(app, at) }
}

/** Checks early whether the address is free; `listen` may still fail. */
export async function refuseTakenPort(at: Place): Promise<void> {
  const server = createServer().listen(at.port, at.host)
  try {
    await once(server, 'listening')
  } catch (fault) {
    throw whyNot(fault, at)
  }
  server.close()
  await once(server, 'close')
}

function whyNot(fault: unknown, { host, port }: Place): unknown {
  const code = fault instanceof Error && 'code' in fault ? fault.code : undefined
  const sentence = typeof code === 'string' ? sentences({ host, port })[code] : undefined
  return sentence === undefined ? fault : new CannotListen(sentence, { cause: fault })
}

function sentences({ host, port }: Place): Readonly<Record<string, string>> {
  const noSuchAddress = `This machine has no address ${host} to listen on. Correct STRATA_HOST.`
  return {
    EADDRINUSE: `Port ${port} of ${host} is in use by another program. Stop that one, or set STRATA_PORT to another port.`,
    EACCES: `This user may not listen on port ${port}. Set STRATA_PORT to a port above 1023, and put a proxy before it.`,
    EADDRNOTAVAIL: noSuchAddress,
    ENOTFOUND: noSuchAddress,
    EAI_AGAIN: noSuchAddress,
  }
}

/** The address for clients on this machine. */
export function addressOf(app: FastifyInstance, at: { host: string }): string {
  const address = app.server.address()
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.')
  return `http://${reachable(at.host)}:${address.port}`
}

/** An address that means "all addresses" cannot be connected to. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
