import { BadUserInput, Faults } from '@strata/domain/shared'
import type { ParsedRuntime } from './runtime.ts'

/** Port: finds faults in the source of a module, as sentences for its author. */
export type InspectModule = (source: string) => readonly string[]

/** Reports mistakes in a module at deploy instead of in its first run. */
export function refuseBrokenModule(inspect: InspectModule, { source }: ParsedRuntime, path: string): void {
  const faults = new Faults()
  for (const fault of source === undefined ? [] : inspect(source)) faults.add(new BadUserInput(fault, `${path}.runtime.module.source`))
  faults.end()
}
