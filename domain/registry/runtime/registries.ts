import { isPublicAddress, isPublicName } from './public-host.ts'

/** The registries that images may come from. An engine fetches from any address in an image's name, so this protects internal networks. */
export interface Registries {
  /** Any registry with a public name or address. */
  readonly anyPublic: boolean
  /** `host` or `host:port`, in lower case. These may also be private or on this machine. */
  readonly named: ReadonlySet<string>
}

/** Docker's own rule: if the first part of a name looks like a host, it is the registry; otherwise the registry is Docker Hub. */
const defaultRegistry = 'docker.io'

const entry = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::[0-9]{1,5})?$/

/** Parses a comma-separated list of `host[:port]`, which may include `*`. Undefined when it is invalid. */
export function parseRegistries(text: string): Registries | undefined {
  const parts = text.split(',').map((part) => part.trim().toLowerCase())
  if (parts.some((part) => part !== '*' && !entry.test(part))) return undefined
  return { anyPublic: parts.includes('*'), named: new Set(parts.filter((part) => part !== '*').map(sameRegistry)) }
}

export function registryOf(image: string): string {
  const [first = '', ...rest] = image.split('/')
  const isHost = rest.length > 0 && (first.includes('.') || first.includes(':') || first.toLowerCase() === 'localhost')
  return isHost ? sameRegistry(first.toLowerCase()) : defaultRegistry
}

/** Why the archive does not run this image; undefined when it does. */
export function whyNotFrom(registries: Registries, image: string): string | undefined {
  const registry = registryOf(image)
  if (registries.named.has(registry)) return undefined
  if (!registries.anyPublic) return `Images from "${registry}" are not run here; the operator can add it to STRATA_OCI_REGISTRIES.`
  return isPublicName(hostOf(registry)) ? undefined : notPublic(registry)
}

/** The same check after a DNS look-up, because a public name may resolve to a private address. */
export function whyNotAt(registries: Registries, image: string, addresses: readonly string[]): string | undefined {
  const registry = registryOf(image)
  if (registries.named.has(registry) || addresses.every(isPublicAddress)) return undefined
  return notPublic(registry)
}

export function hostOf(registry: string): string {
  return registry.replace(/:[0-9]+$/, '')
}

function notPublic(registry: string): string {
  return `The registry "${registry}" is on this machine or in a private network; images come from there only if the operator names it in STRATA_OCI_REGISTRIES.`
}

/** Names that mean the same registry. */
function sameRegistry(registry: string): string {
  const host = registry.replace(/:443$/, '')
  return host === 'index.docker.io' || host === 'registry-1.docker.io' ? defaultRegistry : host
}
