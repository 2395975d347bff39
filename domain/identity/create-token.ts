import { BadUserInput, didYouMean, Forbidden } from '@strata/domain/shared'
import { issueToken, type IssuedToken, type TokenPorts } from './issue-token.ts'
import { isRole, roles, type Role } from './principal.ts'
import { parseScope } from './scope.ts'
import { faultOfSubject } from './subject.ts'

export interface CreateTokenInput {
  readonly subject: string
  readonly roles: readonly string[]
  readonly scopes: readonly string[]
  readonly expiresInDays: number
}

/** Once the archive is public, only people who can log in to its machine can create tokens. */
const whilePublic =
  "createToken works only while no public address is configured. On the archive's machine, " +
  '"node standalone/main.ts token" creates tokens; machines use those of their own issuer.'

/** Mints a user's token. */
export async function createToken(
  ports: TokenPorts & { readonly isPublic: boolean },
  input: CreateTokenInput,
  actor: string,
): Promise<IssuedToken> {
  if (ports.isPublic) throw new Forbidden(whilePublic)
  return issueToken(ports, { ...parseTokenInput(input), isLocal: true }, actor)
}

export function parseTokenInput(input: CreateTokenInput) {
  return {
    subject: parseSubject(input.subject),
    roles: [...new Set(input.roles.map((role, i) => parseRole(role, `input.roles.${i}`)))],
    scopes: [...new Set(atMost(50, input.scopes).map((scope, i) => parseScope(scope, `input.scopes.${i}`)))],
    expiresInSeconds: parseDays(input.expiresInDays) * 24 * 3600,
  }
}

function parseSubject(text: string): string {
  const fault = faultOfSubject(text)
  if (fault === undefined) return text
  throw new BadUserInput(`Name the subject of the token, in 1 to 255 visible characters; the given subject ${fault}.`, 'input.subject')
}

function parseRole(text: string, field: string): Role {
  if (isRole(text)) return text
  throw new BadUserInput(`"${text.slice(0, 80)}" is not a role; the roles are ${roles.join(', ')}.${didYouMean(text, roles)}`, field)
}

function parseDays(days: number): number {
  if (Number.isInteger(days) && days >= 1 && days <= 365) return days
  throw new BadUserInput('A token is valid for 1 to 365 days.', 'input.expiresInDays')
}

function atMost<T>(most: number, list: readonly T[]): readonly T[] {
  if (list.length <= most) return list
  throw new BadUserInput(`A token has at most ${most} scopes.`, 'input.scopes')
}
