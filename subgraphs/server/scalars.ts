import { BadUserInput, parseAsOf, parseDigest, parseSrn, Refusal, type Json } from '@strata/domain/shared'
import { GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped, type ValueNode } from 'graphql'

/** The API's own scalars: read strictly, printed in one way. */
export const scalars = {
  // As an input it is always an `asOf`, where a date whose end is still to come means now, like no value at all.
  DateTime: strictScalar(
    'DateTime',
    (value) => parseAsOf(value) ?? null,
    (value) => (value instanceof Date ? value : new Date(String(value))).toISOString(),
  ),
  JSON: new GraphQLScalarType<Json, Json>({
    name: 'JSON',
    serialize: (value) => value as Json,
    parseValue: (value) => value as Json,
    parseLiteral: (node, variables) => valueFromASTUntyped(node, variables) as Json,
  }),
  BigInt: strictScalar('BigInt', parseBigInt, (value) => printBigInt(BigInt(String(value)))),
  SRN: strictScalar('SRN', (value) => parseSrn(textOf('SRN', value)), String),
  Digest: strictScalar('Digest', (value) => parseDigest(textOf('Digest', value)), String),
}

/** Values and literals are read by one function, so that both get the same refusal. */
function strictScalar<Internal, External>(
  name: string,
  parse: (value: unknown) => Internal,
  serialize: (value: unknown) => External,
): GraphQLScalarType<Internal, External> {
  return new GraphQLScalarType<Internal, External>({
    name,
    serialize,
    parseValue: (value) => readable(() => parse(value)),
    // A number would lose digits of a BigInt.
    parseLiteral: (node) =>
      readable(() => parse(node.kind === Kind.INT && name === 'BigInt' ? node.value : valueFromASTUntyped(node)), node),
  })
}

/**
 * Reports through GraphQL's own coercion errors, which name the input path of a variable; that of a literal is found by its node. The mark
 * says that the caller is at fault. A library would otherwise report an operation that does not fit the schema.
 */
function readable<T>(parse: () => T, node?: ValueNode): T {
  try {
    return parse()
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    throw new GraphQLError(refusal.message, {
      ...(node ? { nodes: node } : {}),
      extensions: { code: 'BAD_USER_INPUT', isUnreadable: true },
    })
  }
}

function textOf(name: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw new BadUserInput(`A value of type ${name} must be text, in quotation marks; it is ${show(value)}.`)
}

function parseBigInt(value: unknown): bigint {
  const whole = typeof value === 'number' ? Number.isSafeInteger(value) : typeof value === 'string' && /^-?\d{1,30}$/.test(value)
  if (!whole) throw new BadUserInput(`A BigInt must be a whole number, written as text when it exceeds 2^53; it is ${show(value)}.`)
  return BigInt(value as string | number)
}

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 60).toWellFormed())
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object'
  return String(value)
}

/** A number where JSON carries it exactly, else text: clients that expect a number get one as long as it is true. */
function printBigInt(value: bigint): string | number {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}
