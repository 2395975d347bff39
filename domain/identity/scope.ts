import { BadUserInput, didYouMean } from '@strata/domain/shared'

/** What a token may do. Narrowed to a name, like `hooks:write:find_pockets`, it lets that one thing be changed and no other. */
const scopes = ['conventions:write', 'hooks:write', 'records:write', 'ingestions:write', 'vocabularies:write'] as const
export type Scope = (typeof scopes)[number]

const narrowed = /^([a-z]+:write)(?::([a-z][a-z0-9_-]{0,63}))?$/

/** A scope as somebody asks for it. One that would never let anything pass is refused rather than granted. */
export function parseScope(text: string, field: string): string {
  const scope = narrowed.exec(text)?.[1]
  if (scopes.some((known) => known === scope)) return text
  const near = didYouMean(scope ?? text, scopes)
  throw new BadUserInput(
    `"${text.slice(0, 80)}" is not a scope; one is ${scopes.join(', ')}, each also narrowed as ${scopes[1]}:{name}.${near}`,
    field,
  )
}

export function holdsScope(held: readonly string[], scope: Scope): boolean {
  return held.includes(scope)
}

/** Names are compared whole: there are no wildcards. */
export function holdsScopeFor(held: readonly string[], scope: Scope, name: string): boolean {
  return held.includes(scope) || held.includes(`${scope}:${name}`)
}
