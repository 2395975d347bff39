import { Forbidden, Unauthenticated } from '@strata/domain/shared'
import { roles, type Caller, type Principal, type Role } from './principal.ts'

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
  cancelRun: { scope: 'hooks:write', role: 'ADMIN' },
  retryRun: { scope: 'hooks:write', role: 'ADMIN' },
  publishRecords: { scope: 'records:write', role: 'ADMIN' },
  importRecords: { scope: 'records:write', role: 'ADMIN' },
  uploadFile: { scope: 'records:write', role: 'DEPOSITOR' },
  // A deposit is somebody's own: only people make them.
  createDeposition: { role: 'DEPOSITOR' },
  updateDeposition: { role: 'DEPOSITOR' },
  addDepositionFile: { role: 'DEPOSITOR' },
  removeDepositionFile: { role: 'DEPOSITOR' },
  submitDeposition: { role: 'DEPOSITOR' },
  withdrawDeposition: { role: 'DEPOSITOR' },
  reviewDeposition: { role: 'CURATOR' },
} as const satisfies Record<string, Gate>

export type GatedUseCase = keyof typeof gates

/** Lets the caller through the gate of `useCase`, or refuses and says what is missing. */
export function passGate(principal: Principal, useCase: GatedUseCase): Caller {
  const gate: Gate = gates[useCase]
  if (principal.kind === 'ANONYMOUS') {
    throw new Unauthenticated(`"${useCase}" needs a token; send it as "Authorization: Bearer …".`)
  }
  if (hasScope(principal, gate.scope) || hasRole(principal, gate.role)) return principal
  const [scope, lacks] = gate.scope ? [`the scope ${gate.scope} or `, 'has neither'] : ['', 'does not have it']
  throw new Forbidden(`"${useCase}" needs ${scope}the role ${gate.role}; the token of ${principal.subject} ${lacks}.`)
}

function hasScope(principal: Caller, scope: Scope | undefined): boolean {
  return scope !== undefined && principal.scopes.includes(scope)
}

/** Whether somebody has this role or a higher one. Machines have none. */
export function hasRole(principal: Principal, least: Role): boolean {
  return principal.kind === 'USER' && principal.roles.some((role) => roles.indexOf(role) >= roles.indexOf(least))
}
