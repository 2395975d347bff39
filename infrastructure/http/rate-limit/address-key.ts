import { isIPv4, isIPv6 } from 'node:net'

/** The unit of an address limit: an IPv4 address, or the /64 network of an IPv6 address, which belongs to one subscriber. */
export function addressKey(ip: string): string {
  const plain = withoutMapping(ip)
  if (isIPv4(plain) || !isIPv6(plain)) return plain
  return `${groupsOf(plain).slice(0, 4).join(':')}::/64`
}

export function isLoopback(ip: string): boolean {
  const plain = withoutMapping(ip)
  return plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'))
}

function withoutMapping(ip: string): string {
  return ip.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '')
}

function groupsOf(ip: string): string[] {
  const [head = '', tail = ''] = ip.split('%', 1)[0]?.split('::') ?? []
  const left = head === '' ? [] : head.split(':')
  const right = tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return [...left, ...zeros, ...right].map((group) => group.replace(/^0+(?=.)/, ''))
}
