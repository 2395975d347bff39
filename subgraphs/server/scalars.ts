import { parseDigest, parseSrn, Refusal, type Json } from '@strata/domain/shared'
import { GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped } from 'graphql'

/** The API's own scalars: read strictly, printed in one way. */
export const scalars = {
  DateTime: new GraphQLScalarType<Date, string>({
    name: 'DateTime',
    serialize: (value) => (value instanceof Date ? value : new Date(String(value))).toISOString(),
    parseValue: parseDateTime,
  }),
  JSON: new GraphQLScalarType<Json, Json>({
    name: 'JSON',
    serialize: (value) => value as Json,
    parseValue: (value) => value as Json,
    parseLiteral: (node, variables) => valueFromASTUntyped(node, variables) as Json,
  }),
  BigInt: new GraphQLScalarType<bigint, string | number>({
    name: 'BigInt',
    serialize: (value) => printBigInt(BigInt(String(value))),
    parseValue: parseBigInt,
    parseLiteral: (node) => parseBigInt(node.kind === Kind.INT || node.kind === Kind.STRING ? node.value : undefined),
  }),
  SRN: textScalar('SRN', parseSrn),
  Digest: textScalar('Digest', parseDigest),
}

function textScalar<Text extends string>(name: string, parse: (text: string) => Text): GraphQLScalarType<Text, string> {
  return new GraphQLScalarType<Text, string>({
    name,
    serialize: String,
    parseValue(value) {
      if (typeof value !== 'string') throw unreadable(`${name} is text.`)
      try {
        return parse(value)
      } catch (refusal) {
        // A scalar reports through GraphQL's own coercion errors, which name the input path.
        throw refusal instanceof Refusal ? unreadable(refusal.message) : refusal
      }
    },
  })
}

/** Marks the error as the caller's mistake. A library would otherwise report it as an operation that does not fit the schema. */
function unreadable(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', isUnreadable: true } })
}

function parseDateTime(value: unknown): Date {
  const time = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T.+(Z|[+-]\d{2}:\d{2})$/.test(value) ? new Date(value) : undefined
  if (time === undefined || Number.isNaN(time.getTime())) {
    throw unreadable('A DateTime is ISO 8601 with its zone, like 2026-01-31T12:00:00Z.')
  }
  return time
}

function parseBigInt(value: unknown): bigint {
  const whole = typeof value === 'number' ? Number.isSafeInteger(value) : typeof value === 'string' && /^-?\d{1,30}$/.test(value)
  if (!whole) throw unreadable('A BigInt is a whole number, or one as text when it exceeds 2^53.')
  return BigInt(value as string | number)
}

/** A number where JSON carries it exactly, else text: clients that expect a number get one as long as it is true. */
function printBigInt(value: bigint): string | number {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}
