import { isIPv4, isIPv6 } from 'node:net'

/** The host in a Host header, in lower case, without its port and trailing dot; undefined when the header is invalid. */
export function parseHost(header: string): string | undefined {
  const [, host] = /^(\[[0-9a-f:.]+\]|[a-z0-9_]([a-z0-9._-]{0,253}))(?::\d{0,5})?$/i.exec(header) ?? []
  if (host === undefined) return undefined
  if (host.startsWith('[')) return isIPv6(host.slice(1, -1)) ? host.toLowerCase() : undefined
  return host.toLowerCase().replace(/\.$/, '')
}

/** Names that no DNS server resolves, and addresses that always mean this machine. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'))
}

/** An IP address in the form of a Host header. */
export function hostOfAddress(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return isIPv6(plain) ? `[${plain.toLowerCase()}]` : plain
}
