import { isPublicAddress, isPublicName } from './public-host.ts'

/** From where the archive runs images. An engine fetches whatever address an image's name says, so this is a wall. */
export interface Registries {
  /** Any registry with a public name or address. */
  readonly anyPublic: boolean
  /** `host` or `host:port`, in lower case; these may also be private or on this machine. */
  readonly named: ReadonlySet<string>
}

/** Docker's own rule: the first part of a name is a host if it looks like one, and otherwise Docker Hub is meant. */
export const defaultRegistry = 'docker.io'

const entry = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::[0-9]{1,5})?$/

/** A list of `host[:port]` with commas between, or `*` among them. Undefined when it is not one. */
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

/** Why the archive does not run this image; nothing when it does. */
export function whyNotFrom(registries: Registries, image: string): string | undefined {
  const registry = registryOf(image)
  if (registries.named.has(registry)) return undefined
  if (!registries.anyPublic) return `Images from "${registry}" are not run here; the operator can add it to STRATA_OCI_REGISTRIES.`
  return isPublicName(hostOf(registry)) ? undefined : notPublic(registry)
}

/** The same, when its name has been looked up: a public name may lead to a private address. */
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

/** Names of one and the same registry. */
function sameRegistry(registry: string): string {
  const host = registry.replace(/:443$/, '')
  return host === 'index.docker.io' || host === 'registry-1.docker.io' ? defaultRegistry : host
}
