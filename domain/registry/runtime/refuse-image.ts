import { BadUserInput } from '@strata/domain/shared'
import type { ParsedRelease } from '../release.ts'
import { whyNotFrom, type Registries } from './registries.ts'

/** An image that no worker would run is refused when it comes in, and not by the first run. */
export function refuseForeignImage(registries: Registries, { runtime }: ParsedRelease, path: string): void {
  if (runtime.type !== 'oci') return
  const fault = whyNotFrom(registries, runtime.image)
  if (fault !== undefined) throw new BadUserInput(fault, `${path}.runtime.oci.image`)
}
