import { BadUserInput } from '@strata/domain/shared'
import type { ParsedRuntime } from './runtime.ts'
import { whyNotFrom, type Registries } from './registries.ts'

/** Refuses at deploy an image that no worker would run, instead of failing its first run. */
export function refuseForeignImage(registries: Registries, { runtime }: ParsedRuntime, path: string): void {
  if (runtime.type !== 'oci') return
  const fault = whyNotFrom(registries, runtime.image)
  if (fault !== undefined) throw new BadUserInput(fault, `${path}.runtime.oci.image`)
}
