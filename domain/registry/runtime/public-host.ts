/** Name endings that public DNS never resolves: RFC 6761, 6762, 8375, 9476, and the suffixes of clusters. */
const privateSuffixes = ['localhost', 'local', 'internal', 'home.arpa', 'lan', 'intranet', 'corp', 'home', 'svc', 'test', 'invalid']

/** Whether a host name is in the public internet, judged by the name alone. A name without a dot resolves only in a local network. */
export function isPublicName(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '')
  if (dotted.test(name)) return isPublicAddress(name)
  const labels = name.split('.')
  // Some resolvers read `127.1`, `0x7f.1` and the like as addresses. No public top-level domain begins with a digit.
  if (labels.length < 2 || /^[0-9]/.test(labels.at(-1) ?? '')) return false
  return !privateSuffixes.some((suffix) => name.endsWith(`.${suffix}`))
}

const dotted = /^(?:[0-9]{1,3}\.){3}[0-9]{1,3}$/

/** First address and prefix length of every non-public range: RFC 6890 and its successors, and the clouds' metadata addresses. */
const notPublicV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
  ['168.63.129.16', 32],
] as const

export function isPublicAddress(address: string): boolean {
  if (dotted.test(address)) return isPublicV4(address)
  const groups = groupsOf(address)
  if (groups === undefined) return false
  const [first = 0, second = 0] = groups
  const embedded = embeddedV4(groups)
  if (embedded !== undefined) return isPublicV4(embedded)
  // Global unicast is 2000::/3, except the documentation and benchmarking ranges inside it.
  return first >> 13 === 1 && !(first === 0x2001 && (second === 0xdb8 || second === 2)) && first !== 0x3fff
}

function isPublicV4(address: string): boolean {
  const value = numberOf(address)
  return value !== undefined && !notPublicV4.some(([from, bits]) => value >>> (32 - bits) === (numberOf(from) ?? 0) >>> (32 - bits))
}

function numberOf(address: string): number | undefined {
  const parts = address.split('.').map(Number)
  return parts.length === 4 && parts.every((part) => part <= 255) ? parts.reduce((sum, part) => ((sum << 8) | part) >>> 0, 0) : undefined
}

/** IPv4 embedded in IPv6: mapped, translated (64:ff9b::/96) and 6to4. */
function embeddedV4(groups: readonly number[]): string | undefined {
  const v4 = (high: number, low: number) => [high >> 8, high & 255, low >> 8, low & 255].join('.')
  const [a = 0, b = 0, c = 0, , , f = 0, g = 0, h = 0] = groups
  if (a === 0x2002) return v4(b, c)
  if (a === 0x64 && b === 0xff9b) return v4(g, h)
  return groups.slice(0, 5).every((group) => group === 0) && f === 0xffff ? v4(g, h) : undefined
}

/** The eight 16-bit groups of an IPv6 address. */
function groupsOf(address: string): readonly number[] | undefined {
  const plain = address.replace(/%.*$/, '').replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number)
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
  })
  const [head = '', tail] = plain.split('::')
  const of = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)))
  const [before, after] = [of(head), tail === undefined ? [] : of(tail)]
  const missing = 8 - before.length - after.length
  if (tail === undefined ? missing !== 0 : missing < 0) return undefined
  const groups = [...before, ...Array.from({ length: missing }, () => 0), ...after]
  return groups.every((group) => group >= 0 && group <= 0xffff) ? groups : undefined
}
