import { Forbidden, Unauthenticated } from '@strata/domain/shared'
import { namesAt } from './names-at.ts'
import { roles, type Caller, type Principal, type Role } from './principal.ts'
import { holdsScope, holdsScopeFor, type Scope } from './scope.ts'

/** What a change requires: the scope, or at least this role. */
export interface Gate {
  readonly scope?: Scope
  readonly role: Role
  /** The changed thing: its kind, and the argument that names it. A scope narrowed to that name is enough. */
  readonly on?: { readonly kind: string; readonly name: string }
  /** A caller with a narrowed scope also needs this scope for each of the names. */
  readonly narrowedNeeds?: { readonly scope: Scope; readonly names: string }
}

/** The gates of all mutations and of the HTTP routes that change the archive. */
export const gates = {
  // A caller who may deploy only one convention must not move, through its manifest, a hook that other conventions use.
  deploy: {
    scope: 'conventions:write',
    role: 'ADMIN',
    on: { kind: 'convention', name: 'input.slug' },
    narrowedNeeds: { scope: 'hooks:write', names: 'input.hooks.*.name' },
  },
  removeConvention: { role: 'ADMIN', on: { kind: 'convention', name: 'slug' } },
  createRelease: { scope: 'hooks:write', role: 'ADMIN', on: { kind: 'hook', name: 'input.hook' } },
  setLive: { scope: 'hooks:write', role: 'ADMIN', on: { kind: 'hook', name: 'input.hook' } },
  setReleaseState: { scope: 'hooks:write', role: 'ADMIN', on: { kind: 'hook', name: 'input.hook' } },
  // Runs are named by id, and no scope can be narrowed to an id.
  cancelRun: { scope: 'hooks:write', role: 'ADMIN', on: { kind: 'run', name: 'id' } },
  retryRun: { scope: 'hooks:write', role: 'ADMIN', on: { kind: 'run', name: 'id' } },
  backfill: { scope: 'hooks:write', role: 'ADMIN', on: { kind: 'hook', name: 'input.hook' } },
  cancelBackfill: { scope: 'hooks:write', role: 'ADMIN', on: { kind: 'backfill', name: 'id' } },
  resumeBackfill: { scope: 'hooks:write', role: 'ADMIN', on: { kind: 'backfill', name: 'id' } },
  reproduce: { scope: 'hooks:write', role: 'ADMIN', on: { kind: 'run', name: 'run' } },
  publishRecords: { scope: 'records:write', role: 'ADMIN', on: { kind: 'convention', name: 'input.convention' } },
  importRecords: { scope: 'records:write', role: 'ADMIN', on: { kind: 'convention', name: 'convention' } },
  uploadFile: { scope: 'records:write', role: 'DEPOSITOR', on: { kind: 'convention', name: 'convention' } },
  // Everyone who may read can cite the address of a download. Storing a citation needs an authenticated caller.
  cite: { scope: 'records:write', role: 'DEPOSITOR', on: { kind: 'convention', name: 'convention' } },
  // A deposit belongs to a person, so machines cannot make one.
  createDeposition: { role: 'DEPOSITOR', on: { kind: 'convention', name: 'input.convention' } },
  updateDeposition: { role: 'DEPOSITOR', on: { kind: 'deposition', name: 'srn' } },
  addDepositionFile: { role: 'DEPOSITOR', on: { kind: 'deposition', name: 'srn' } },
  removeDepositionFile: { role: 'DEPOSITOR', on: { kind: 'deposition', name: 'srn' } },
  submitDeposition: { role: 'DEPOSITOR', on: { kind: 'deposition', name: 'srn' } },
  withdrawDeposition: { role: 'DEPOSITOR', on: { kind: 'deposition', name: 'srn' } },
  reviseRecord: { role: 'DEPOSITOR', on: { kind: 'record', name: 'srn' } },
  // The kind REMOVED needs ADMIN: withdrawRecord itself sees to that.
  withdrawRecord: { role: 'CURATOR', on: { kind: 'record', name: 'input.srn' } },
  restoreRecord: { role: 'CURATOR', on: { kind: 'record', name: 'srn' } },
  reviewDeposition: { role: 'CURATOR', on: { kind: 'deposition', name: 'srn' } },
  createToken: { role: 'ADMIN' },
  revokeToken: { role: 'ADMIN' },
} as const satisfies Record<string, Gate>

export type GatedUseCase = keyof typeof gates

/** Reads that need a role even in a public archive. */
export const restrictedReads = {
  tokens: 'ADMIN',
  auditLog: 'ADMIN',
  lastVerification: 'ADMIN',
  runQueue: 'ADMIN',
} as const satisfies Record<string, Role>

/**
 * Lets the caller through the gate of `useCase`, or refuses and says what is missing. Without `args`, the call names nothing,
 * and a narrowed scope is not enough.
 */
export function passGate(principal: Principal, useCase: GatedUseCase, args?: unknown): Caller {
  const gate: Gate = gates[useCase]
  const caller = requireCaller(principal, useCase)
  if (hasRole(caller, gate.role) || hasScope(caller, gate, args)) return caller
  throw new Forbidden(
    `"${useCase}" needs ${requirement(gate, args)}; the token of ${caller.subject} ${gate.scope ? 'has neither' : 'does not have it'}.`,
  )
}

/** Refuses callers who may not read `what`. */
export function requireRole(principal: Principal, role: Role, what: string): Caller {
  const caller = requireCaller(principal, what)
  if (hasRole(caller, role)) return caller
  throw new Forbidden(`"${what}" needs the role ${role}; the token of ${caller.subject} does not have it.`)
}

/** Whether the caller has this role or a higher one. Machines have none. */
export function hasRole(principal: Principal, least: Role): boolean {
  return principal.kind === 'USER' && principal.roles.some((role) => roles.indexOf(role) >= roles.indexOf(least))
}

function requireCaller(principal: Principal, what: string): Caller {
  if (principal.kind !== 'ANONYMOUS') return principal
  throw new Unauthenticated(`"${what}" needs a token; send it as "Authorization: Bearer …".`)
}

function hasScope({ scopes }: Caller, { scope, on, narrowedNeeds }: Gate, args: unknown): boolean {
  if (scope === undefined) return false
  if (holdsScope(scopes, scope)) return true
  const [name] = on ? namesAt(args, on.name) : []
  if (name === undefined || !holdsScopeFor(scopes, scope, name)) return false
  return !narrowedNeeds || namesAt(args, narrowedNeeds.names).every((each) => holdsScopeFor(scopes, narrowedNeeds.scope, each))
}

function requirement({ scope, role, on, narrowedNeeds }: Gate, args: unknown): string {
  if (scope === undefined) return `the role ${role}`
  const [name] = on ? namesAt(args, on.name) : []
  const others = narrowedNeeds ? namesAt(args, narrowedNeeds.names).map((each) => `${narrowedNeeds.scope}:${each}`) : []
  const narrow = name === undefined ? '' : ` (or ${[`${scope}:${name}`, ...others].join(' with ')})`
  return `the scope ${scope}${narrow.length > 400 ? '' : narrow} or the role ${role}`
}
