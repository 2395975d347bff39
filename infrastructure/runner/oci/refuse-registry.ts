import { hostOf, registryOf, whyNotAt, whyNotFrom, type Registries } from '@strata/domain/registry'
import { lookup } from 'node:dns/promises'
import { AttemptFailed } from '../shared/attempt-failed.ts'

/**
 * Refuses an image whose registry the archive does not take images from, before the engine is asked to fetch anything. The
 * setting may have changed since the deploy, and a public name may lead to a private address.
 */
export async function refuseRegistry(registries: Registries, image: string, resolve = addressesOf): Promise<void> {
  const why = whyNotFrom(registries, image)
  if (why !== undefined) throw new AttemptFailed('CONFIG', why)
  if (registries.named.has(registryOf(image))) return
  const addresses = await resolve(hostOf(registryOf(image)))
  const whyAt = whyNotAt(registries, image, addresses)
  if (whyAt !== undefined) throw new AttemptFailed('CONFIG', whyAt, `it resolves to ${addresses.join(', ')}`)
}

/** None when the name cannot be looked up here; the engine may have a proxy, and says so otherwise. */
async function addressesOf(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true }).catch(() => [])
  return found.map(({ address }) => address)
}
