import { actorOf, changeOf, passGate, type Caller, type GatedUseCase } from '@strata/domain/identity'
import type { SubgraphContext } from './context.ts'

/** Runs a use case for a caller who may use it, so that each of its transactions is recorded in the audit log. Refuses other callers. */
export async function perform<T>(
  { principal, withinChange }: Pick<SubgraphContext, 'principal' | 'withinChange'>,
  useCase: GatedUseCase,
  args: Readonly<Record<string, unknown>>,
  work: (by: { readonly caller: Caller; readonly actor: string }) => Promise<T>,
): Promise<T> {
  const caller = passGate(principal, useCase, args)
  const actor = actorOf(caller)
  return withinChange(changeOf(useCase, args, actor), () => work({ caller, actor }))
}
