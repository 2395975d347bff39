import { BadUserInput } from '@strata/domain/shared'
import type { ParsedRuntime } from './runtime.ts'

/** Port: what keeps a text from being a hook's module, as a sentence for its author; undefined when nothing is seen. */
export type InspectModule = (source: string) => string | undefined

/** A mistake that its author can mend is told when the module comes in, and not by the first run. */
export function refuseBrokenModule(inspect: InspectModule, { source }: ParsedRuntime, path: string): void {
  const fault = source === undefined ? undefined : inspect(source)
  if (fault !== undefined) throw new BadUserInput(fault, `${path}.runtime.module.source`)
}
