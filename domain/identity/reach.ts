import { gates, hasRole, type Gate, type GatedUseCase } from './gate.ts'
import type { Caller } from './principal.ts'
import { holdsScope } from './scope.ts'

/** The things of one kind that a caller may change: all of them, or only those that its narrowed scopes name. */
export type Reach = { readonly of: 'ALL' } | { readonly of: 'NAMED'; readonly names: ReadonlySet<string> }

/**
 * The things that a caller who passed the gate of `useCase` may change besides the one that the call names. Used when a call affects
 * something that several named things share.
 */
export function reachOf(caller: Caller, useCase: GatedUseCase): Reach {
  const { scope, role }: Gate = gates[useCase]
  if (hasRole(caller, role) || (scope !== undefined && holdsScope(caller.scopes, scope))) return { of: 'ALL' }
  const prefix = `${scope}:`
  const names = caller.scopes.flatMap((held) => (held.startsWith(prefix) ? [held.slice(prefix.length)] : []))
  return { of: 'NAMED', names: new Set(names) }
}

export function isWithin(reach: Reach, name: string): boolean {
  return reach.of === 'ALL' || reach.names.has(name)
}
