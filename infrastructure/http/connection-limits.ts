import { BlockList, isIPv6, type Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { answerBrokenRequest } from './broken-request.ts'
import { addressKey, isLoopback } from './rate-limit/address-key.ts'

export interface ConnectionLimits {
  /** Connections to this server. The server closes further ones without an answer. */
  readonly most: number
  /** Connections from one address; 0 means no limit. */
  readonly perAddress: number
  readonly exemptLoopback: boolean
  /** A proxy carries the requests of many clients, so connections from its address are not counted. */
  readonly trustedProxies: string | undefined
}

/** Limits how many connections are open at once, so that one client cannot use all of them. */
export function limitConnections(app: FastifyInstance, limits: ConnectionLimits): void {
  const { server } = app
  server.maxConnections = limits.most
  if (limits.perAddress === 0) return
  const proxies = addressesIn(limits.trustedProxies)
  const isExempt = (ip: string) => (limits.exemptLoopback && isLoopback(ip)) || proxies.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4')
  const counts = new Map<string, number>()
  const refused = new WeakSet<Socket>()

  server.on('connection', (socket: Socket) => {
    const ip = socket.remoteAddress
    if (ip === undefined || isExempt(ip)) return
    const key = addressKey(ip)
    const count = counts.get(key) ?? 0
    if (count >= limits.perAddress) {
      refused.add(socket)
      answerBrokenRequest(tooMany, socket)
      return
    }
    counts.set(key, count + 1)
    socket.once('close', () => {
      const left = (counts.get(key) ?? 1) - 1
      if (left === 0) counts.delete(key)
      else counts.set(key, left)
    })
  })
  // The refusal is already on its way. Requests that arrived in the meantime are not served.
  app.addHook('onRequest', async (request, reply) => {
    if (refused.has(request.raw.socket)) reply.hijack()
  })
}

const tooMany = Object.assign(new Error('too many connections from one address'), { code: 'TOO_MANY_CONNECTIONS' })

function addressesIn(text: string | undefined): BlockList {
  const list = new BlockList()
  for (const one of text?.split(',') ?? []) {
    const [address = '', prefix] = one.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return list
}
