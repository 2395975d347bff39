import { QueryTooComplex } from '@strata/domain/shared'
import { Lexer, Source, TokenKind } from 'graphql'
import { counted, requireAtMost, tooManyAliases } from './too-complex.ts'

export interface TextLimits {
  readonly characters: number
  readonly tokens: number
  readonly aliases: number
  readonly directives: number
}

/**
 * Checks that need no parsing, because parsing is expensive for long documents and overflows the stack for deeply nested ones. Stops at the
 * first token beyond the limit.
 */
export function checkText(text: string, limits: TextLimits): void {
  requireAtMost(limits.characters, text.length, { what: 'characters', instead: 'send values as variables, or request less at once' })
  const lexer = new Lexer(new Source(text))
  let tokens = 0
  let directives = 0
  let aliases = 0
  let nesting = 0
  let inArguments = 0
  for (let kind = next(lexer); kind !== undefined; kind = next(lexer)) {
    if (++tokens > limits.tokens) {
      const most = counted(limits.tokens)
      throw new QueryTooComplex(
        `This operation has more than ${most} tokens, which is the limit; send values as variables, or request less at once.`,
      )
    }
    if (kind === TokenKind.AT) directives++
    // Between parentheses, a colon follows an argument, a variable or a key; elsewhere, it follows an alias.
    if (kind === TokenKind.COLON && inArguments === 0) aliases++
    if (kind === TokenKind.PAREN_L) inArguments++
    if (kind === TokenKind.PAREN_R) inArguments--
    if (opening.has(kind) && ++nesting > deepestNesting) {
      throw new QueryTooComplex(
        `This operation is nested more than ${deepestNesting} brackets deep, which is the limit; request less at once.`,
      )
    }
    if (closing.has(kind)) nesting--
  }
  requireAtMost(limits.aliases, aliases, tooManyAliases)
  requireAtMost(limits.directives, directives, { what: 'directives', instead: 'leave out unwanted fields instead of skipping them' })
}

/** Far above any selection within the depth limit or reasonable literal, and far below the parser's stack limit. */
const deepestNesting = 100

const opening = new Set<TokenKind>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L])
const closing = new Set<TokenKind>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R])

function next(lexer: Lexer): TokenKind | undefined {
  try {
    const { kind } = lexer.advance()
    return kind === TokenKind.EOF ? undefined : kind
  } catch {
    // Not GraphQL from here on. The parser stops here too, and reports the fault.
    return undefined
  }
}
