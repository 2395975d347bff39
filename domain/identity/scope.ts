import { BadUserInput, didYouMean } from '@strata/domain/shared'

/** What a token may change. A scope narrowed to a name, like `hooks:write:find_pockets`, covers only that thing. */
const scopes = ['conventions:write', 'hooks:write', 'records:write', 'ingestions:write', 'vocabularies:write'] as const
export type Scope = (typeof scopes)[number]

const narrowed = /^([a-z]+:write)(?::([a-z][a-z0-9_-]{0,63}))?$/

/** Parses a requested scope. Refuses one that no gate would ever accept. */
export function parseScope(text: string, field: string): string {
  const scope = narrowed.exec(text)?.[1]
  if (scopes.some((known) => known === scope)) return text
  const near = didYouMean(scope ?? text, scopes)
  throw new BadUserInput(
    `"${text.slice(0, 80)}" is not a scope; the scopes are ${scopes.join(', ')}, each also narrowed as ${scopes[1]}:{name}.${near}`,
    field,
  )
}

export function holdsScope(held: readonly string[], scope: Scope): boolean {
  return held.includes(scope)
}

/** Names must match exactly; there are no wildcards. */
export function holdsScopeFor(held: readonly string[], scope: Scope, name: string): boolean {
  return held.includes(scope) || held.includes(`${scope}:${name}`)
}
