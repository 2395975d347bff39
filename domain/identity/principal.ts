/** Who is calling, after the token was verified. */
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
/** `subject` is `{issuer}#{sub}`, so that no two issuers can ever speak of the same machine. */
export interface MachinePrincipal {
  readonly kind: 'MACHINE'
  readonly subject: string
  readonly scopes: readonly string[]
}

/** A caller with a name. Every caller who passed a gate is one. */
export type Caller = UserPrincipal | MachinePrincipal

export const roles = ['DEPOSITOR', 'CURATOR', 'ADMIN'] as const
/** Each role may do what the ones before it may. */
export type Role = (typeof roles)[number]

export const anonymous: AnonymousPrincipal = { kind: 'ANONYMOUS' }

export function isRole(text: string): text is Role {
  return roles.some((role) => role === text)
}

/** The name under which a change is attributed to its caller. */
export function actorOf(principal: Caller): string {
  return `${principal.kind.toLowerCase()}:${principal.subject}`
}
