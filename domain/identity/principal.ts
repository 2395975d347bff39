/** The caller, after the token was verified. */
export type Principal = AnonymousPrincipal | UserPrincipal | MachinePrincipal

export interface AnonymousPrincipal {
  readonly kind: 'ANONYMOUS'
}
interface UserPrincipal {
  readonly kind: 'USER'
  readonly subject: string
  readonly roles: readonly Role[]
  readonly scopes: readonly string[]
}
/** `subject` is `{issuer}#{sub}`, so that two issuers cannot name the same machine. */
export interface MachinePrincipal {
  readonly kind: 'MACHINE'
  readonly subject: string
  readonly scopes: readonly string[]
}

/** An authenticated caller. Every caller who passed a gate is one. */
export type Caller = UserPrincipal | MachinePrincipal

export const roles = ['DEPOSITOR', 'CURATOR', 'ADMIN'] as const
/** Each role includes the ones before it. */
export type Role = (typeof roles)[number]

export const anonymous: AnonymousPrincipal = { kind: 'ANONYMOUS' }

export function isRole(text: string): text is Role {
  return roles.some((role) => role === text)
}

/** The name that the caller's changes are attributed to. */
export function actorOf(principal: Caller): string {
  return `${principal.kind.toLowerCase()}:${principal.subject}`
}
