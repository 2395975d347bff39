import { BadUserInput } from '@strata/domain/shared'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { hostOfAddress, isLoopbackHost, parseHost } from './host-name.ts'

export interface KnownHosts {
  /** The address that this server listens on. */
  readonly host: string
  readonly publicUrl: string | undefined
  /** Other names for this server, such as those that a reverse proxy uses. */
  readonly hostNames: readonly string[]
}

/** Two Host headers can mean different names to two programs. Node would silently take the first. */
export function refuseSeveralHosts(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw: { rawHeaders } }) => {
    const hosts = rawHeaders.filter((text, place) => place % 2 === 0 && text.toLowerCase() === 'host')
    if (hosts.length > 1) throw new BadUserInput('The request has several Host headers; send one.', 'Host')
  })
}

/**
 * Answers only requests for this archive's own names. A web page can point its own domain name at this machine (DNS rebinding) and then read
 * what this machine serves. The Host header of such a request has the page's domain name.
 */
export function refuseForeignHosts(app: FastifyInstance, known: KnownHosts): void {
  const names = new Set(
    [known.host, ...known.hostNames, ...(known.publicUrl === undefined ? [] : [new URL(known.publicUrl).host])].map(nameOf),
  )
  app.addHook('onRequest', async (request) => {
    for (const header of hostsOf(request)) {
      const host = parseHost(header)
      if (host === undefined) throw new BadUserInput('The Host header is not the name of a host.', 'Host')
      if (!names.has(host) && !isLoopbackHost(host) && !isReachedAddress(host, request)) throw new Misdirected(host, known.publicUrl)
    }
  })
}

/** `[::]` and `0.0.0.0` stand for every address, so they are not names. */
function nameOf(host: string): string | undefined {
  if (host === '0.0.0.0' || host === '::') return undefined
  return parseHost(hostOfAddress(host))
}

/** The host that the client sent, and the one that a trusted proxy reports. HTTP/1.0 has no Host header, and its clients are not browsers. */
function hostsOf({ headers, host, raw }: FastifyRequest): readonly string[] {
  if (headers.host === undefined && raw.httpVersion === '1.0') return []
  return [...new Set([headers.host ?? '', host])]
}

/** A health probe calls the address it connects to. This is safe: a page served from this address belongs to this server. */
function isReachedAddress(host: string, { raw: { socket } }: FastifyRequest): boolean {
  return socket.localAddress !== undefined && host === hostOfAddress(socket.localAddress)
}

class Misdirected extends BadUserInput {
  readonly statusCode = 421
  constructor(host: string, publicUrl: string | undefined) {
    const unless = publicUrl === undefined ? 'set STRATA_PUBLIC_URL to the address that people use' : `people reach it at ${publicUrl}`
    super(`"${host.slice(0, 80)}" is not a name of this archive: ${unless}, or list more names in STRATA_HOST_NAMES.`, 'Host')
  }
}
