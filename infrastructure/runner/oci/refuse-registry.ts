import { hostOf, registryOf, whyNotAt, whyNotFrom, type Registries } from '@strata/domain/registry'
import { lookup } from 'node:dns/promises'
import { AttemptFailed } from '../shared/attempt-failed.ts'

/**
 * Refuses an image from a registry that is not allowed, before the engine fetches anything. The setting may have changed since the deploy,
 * and a public name may resolve to a private address.
 */
export async function refuseRegistry(registries: Registries, image: string, resolve = addressesOf): Promise<void> {
  const why = whyNotFrom(registries, image)
  if (why !== undefined) throw new AttemptFailed('CONFIG', why)
  if (registries.named.has(registryOf(image))) return
  const addresses = await resolve(hostOf(registryOf(image)))
  const whyAt = whyNotAt(registries, image, addresses)
  if (whyAt !== undefined) throw new AttemptFailed('CONFIG', whyAt, `it resolves to ${addresses.join(', ')}`)
}

/** Empty when this machine cannot resolve the name. The engine may have a proxy that can; otherwise it reports the error. */
async function addressesOf(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true }).catch(() => [])
  return found.map(({ address }) => address)
}
