import { BadUserInput, Faults } from '@strata/domain/shared'
import type { ParsedRuntime } from './runtime.ts'

/** Port: what keeps a text from being a hook's module, in sentences for its author; none when nothing is seen. */
export type InspectModule = (source: string) => readonly string[]

/** A mistake that its author can mend is told when the module comes in, and not by the first run. */
export function refuseBrokenModule(inspect: InspectModule, { source }: ParsedRuntime, path: string): void {
  const faults = new Faults()
  for (const fault of source === undefined ? [] : inspect(source)) faults.add(new BadUserInput(fault, `${path}.runtime.module.source`))
  faults.end()
}
