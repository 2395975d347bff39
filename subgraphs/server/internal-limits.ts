import { BadUserInput, QueryTooComplex } from '@strata/domain/shared'
import { GraphQLError, Kind, Lexer, parse, Source, TokenKind, visit, type DocumentNode, type OperationTypeNode } from 'graphql'

/** The gateway's limits for clients, from the configuration. */
export interface ClientLimits {
  readonly query: {
    readonly characters: number
    readonly tokens: number
    readonly aliases: number
    readonly rootFields: number
    readonly cost: number
  }
  readonly deadlines: { readonly query: number; readonly mutation: number }
}

export interface InternalOperation {
  readonly query?: string | undefined
  readonly operationName?: string | undefined
  readonly variables?: Readonly<Record<string, unknown>> | undefined
  readonly isBatch: boolean
}

export interface InternalAdmission {
  readonly deadline: { readonly milliseconds: number; readonly sentence: string }
  readonly isSafeToAbandon: boolean
}

/**
 * The limits of a subgraph that runs as its own service. The gateway counts the cost of operations; these limits apply when another sender
 * reaches the service. A query plan repeats its fragments, so they are wider than a client's limits.
 */
export function limitInternalOperations({ query: limits, deadlines }: ClientLimits): (sent: InternalOperation) => InternalAdmission {
  return ({ query = '', operationName, variables, isBatch }) => {
    if (isBatch) throw new QueryTooComplex('A service takes one operation at a time.')
    requireAtMost(limits.characters * planFactor, query.length, 'characters')
    checkTokens(query, { tokens: limits.tokens * planFactor, aliases: limits.aliases * planFactor })
    const document = parsed(query)
    if (document !== undefined) checkFields(document, limits.rootFields)
    const representations = variables?.['representations']
    if (Array.isArray(representations)) requireAtMost(Math.max(limits.cost, mostOfAMutation), representations.length, 'representations')
    const kind = document === undefined ? undefined : kindOf(document, operationName)
    if (kind === 'subscription') throw new BadUserInput('Services have no subscriptions.')
    const milliseconds = kind === 'mutation' ? deadlines.mutation : deadlines.query
    const sentence = `This took longer than ${milliseconds / 1000} s, which is the limit.`
    return { deadline: { milliseconds, sentence }, isSafeToAbandon: kind === 'query' }
  }
}

const planFactor = 10

/** How many records one mutation may name and return. */
const mostOfAMutation = 10_000

const deepestNesting = 100

const opening = new Set<TokenKind>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L])
const closing = new Set<TokenKind>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R])

/** Runs before parsing and stops at the first token beyond the limit. */
function checkTokens(text: string, most: { readonly tokens: number; readonly aliases: number }): void {
  const lexer = new Lexer(new Source(text))
  let [tokens, colons, nesting, inArguments] = [0, 0, 0, 0]
  for (let kind = next(lexer); kind !== undefined; kind = next(lexer)) {
    requireAtMost(most.tokens, ++tokens, 'tokens')
    if (kind === TokenKind.PAREN_L) inArguments++
    if (kind === TokenKind.PAREN_R) inArguments--
    // Outside arguments, a colon follows an alias.
    if (kind === TokenKind.COLON && inArguments === 0) requireAtMost(most.aliases, ++colons, 'aliases')
    if (opening.has(kind)) requireAtMost(deepestNesting, ++nesting, 'nested brackets')
    if (closing.has(kind)) nesting--
  }
}

function next(lexer: Lexer): TokenKind | undefined {
  try {
    const { kind } = lexer.advance()
    return kind === TokenKind.EOF ? undefined : kind
  } catch (error) {
    // The server parses the document again and reports where the fault is.
    if (error instanceof GraphQLError) return undefined
    throw error
  }
}

/** A query plan requests entities once and uses no named fragments. Fragments could make a small document a large operation. */
function checkFields(document: DocumentNode, mostRootFields: number): void {
  let entities = 0
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) throw new QueryTooComplex('A service takes no fragments with names.')
    if (definition.kind === Kind.OPERATION_DEFINITION)
      requireAtMost(mostRootFields, definition.selectionSet.selections.length, 'fields at the root')
  }
  visit(document, {
    Field({ name }) {
      if (name.value === '_entities') requireAtMost(1, ++entities, 'questions for entities')
    },
  })
}

function kindOf({ definitions }: DocumentNode, name: string | undefined): OperationTypeNode | undefined {
  const operations = definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION)
  return (name === undefined ? operations[0] : operations.find((node) => node.name?.value === name))?.operation
}

function parsed(query: string): DocumentNode | undefined {
  try {
    return parse(query, { noLocation: true })
  } catch (error) {
    if (error instanceof GraphQLError) return undefined
    throw error
  }
}

function requireAtMost(limit: number, actual: number, what: string): void {
  if (actual > limit)
    throw new QueryTooComplex(`This operation has ${actual} ${what} or more, and at most ${limit} are allowed within the archive.`)
}
