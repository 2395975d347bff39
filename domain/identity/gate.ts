import { Forbidden, Unauthenticated } from '@strata/domain/shared'
import { roles, type MachinePrincipal, type Principal, type Role, type UserPrincipal } from './principal.ts'

/** What a mutation requires: the scope, or a role at least as high as the one named. */
export interface Gate {
  readonly scope?: Scope
  readonly role: Role
}

export type Scope = 'conventions:write' | 'hooks:write' | 'records:write' | 'ingestions:write' | 'vocabularies:write'

/** Every mutation and its gate, and what changes the archive over plain HTTP. */
export const gates = {
  deploy: { scope: 'conventions:write', role: 'ADMIN' },
  createRelease: { scope: 'hooks:write', role: 'ADMIN' },
  setLive: { scope: 'hooks:write', role: 'ADMIN' },
  setReleaseState: { scope: 'hooks:write', role: 'ADMIN' },
  publishRecords: { scope: 'records:write', role: 'ADMIN' },
  importRecords: { scope: 'records:write', role: 'ADMIN' },
} as const satisfies Record<string, Gate>

export type GatedUseCase = keyof typeof gates

/** Lets the caller through the gate of `useCase`, or refuses and says what is missing. */
export function passGate(principal: Principal, useCase: GatedUseCase): UserPrincipal | MachinePrincipal {
  const gate: Gate = gates[useCase]
  if (principal.kind === 'ANONYMOUS') {
    throw new Unauthenticated(`"${useCase}" needs a token; send it as "Authorization: Bearer …".`)
  }
  if (hasScope(principal, gate.scope) || hasRole(principal, gate.role)) return principal
  const scope = gate.scope ? `the scope ${gate.scope} or ` : ''
  throw new Forbidden(`"${useCase}" needs ${scope}the role ${gate.role}; the token of ${principal.subject} has neither.`)
}

function hasScope(principal: UserPrincipal | MachinePrincipal, scope: Scope | undefined): boolean {
  return scope !== undefined && principal.scopes.includes(scope)
}

function hasRole(principal: UserPrincipal | MachinePrincipal, least: Role): boolean {
  return principal.kind === 'USER' && principal.roles.some((role) => roles.indexOf(role) >= roles.indexOf(least))
}
