import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql'

/** Values as JSON texts, by the scalar that they are sent for. */
export type ValuesByScalar = Readonly<Record<string, readonly string[]>>

export interface Attack {
  /** The scalar and its value, as JSON text. */
  readonly scalar: string
  readonly json: string
  readonly operation: { readonly asVariable: string; readonly asLiteral: string }
  readonly variables: string
}

/** Each value at each input of each field of Query and Mutation, once in a variable and once in a literal. */
export function* everyAttack(schema: GraphQLSchema, values: ValuesByScalar): Generator<Attack> {
  for (const [kind, type] of [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const) {
    for (const field of Object.values(type?.getFields() ?? {})) yield* attacksOn(kind, field, values)
  }
}

function* attacksOn(kind: string, field: GraphQLField<unknown, unknown>, values: ValuesByScalar): Generator<Attack> {
  for (const attacked of field.args) {
    for (const { scalar, json: leaf, within: json } of oddOf(attacked.type, values)) {
      const given = new Map(
        field.args
          .filter((arg) => arg !== attacked && isNonNullType(arg.type) && arg.defaultValue === undefined)
          .map((arg) => [arg, usual(arg.type)]),
      )
      given.set(attacked, json)
      const declared = [...given.keys()].map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')
      const select = isLeafType(getNamedType(field.type)) ? '' : ' { __typename }'
      const call = (value: (name: string, json: string) => string) =>
        `${field.name}(${[...given].map(([arg, json]) => `${arg.name}: ${value(arg.name, json)}`).join(', ')})${select}`
      yield {
        scalar,
        json: leaf,
        operation: {
          asVariable: `${kind} (${declared}) { ${call((name) => `$${name}`)} }`,
          asLiteral: `${kind} { ${call((_, json) => literal(json))} }`,
        },
        variables: `{${[...given].map(([arg, json]) => `${JSON.stringify(arg.name)}:${json}`).join(',')}}`.replaceAll(enumMark, ''),
      }
    }
  }
}

interface OddValue {
  readonly scalar: string
  readonly json: string
  /** The value of the whole argument, in which one leaf is odd. */
  readonly within: string
}

/** The odd values of a type: one leaf is odd, the others are normal. A type nested in itself is not expanded again. */
function* oddOf(type: GraphQLInputType, values: ValuesByScalar, nested: readonly GraphQLInputType[] = []): Generator<OddValue> {
  const nullable = getNullableType(type)
  if (isListType(nullable)) {
    for (const odd of oddOf(nullable.ofType, values, nested)) yield { ...odd, within: `[${odd.within}]` }
  } else if (isInputObjectType(nullable)) {
    if (nested.includes(nullable)) return
    const fields = Object.values(nullable.getFields())
    const required = fields.filter((field) => isNonNullType(field.type) && field.defaultValue === undefined)
    for (const attacked of fields) {
      for (const odd of oddOf(attacked.type, values, [...nested, nullable])) {
        yield {
          ...odd,
          within: `{${[...required.filter((field) => field !== attacked).map((field) => `"${field.name}":${usual(field.type)}`), `"${attacked.name}":${odd.within}`].join(',')}}`,
        }
      }
    }
  } else {
    const scalar = getNamedType(type).name
    yield* (values[scalar] ?? []).map((json) => ({ scalar, json, within: json }))
  }
}

function usual(type: GraphQLInputType): string {
  const nullable = getNullableType(type)
  if (isListType(nullable)) return `[${usual(nullable.ofType)}]`
  if (isInputObjectType(nullable)) {
    const required = Object.values(nullable.getFields()).filter((field) => isNonNullType(field.type) && field.defaultValue === undefined)
    return `{${required.map((field) => `"${field.name}":${usual(field.type)}`).join(',')}}`
  }
  if ('getValues' in nullable) return `"${enumMark}${nullable.getValues()[0]?.name}"`
  return usualOf[nullable.name] ?? '"x"'
}

const usualOf: Readonly<Record<string, string>> = {
  Int: '1',
  Float: '1',
  Boolean: 'true',
  JSON: '{}',
  BigInt: '1',
  DateTime: '"2026-01-01T00:00:00Z"',
  SRN: '"urn:osa:localhost:rec:0190a5e0-0000-7000-8000-000000000000"',
  Digest: `"sha256:${'0'.repeat(64)}"`,
}

/** JSON as a GraphQL literal: keys without quotation marks, where they are valid names, and the values of enums. */
function literal(json: string): string {
  return json.replaceAll(/"([A-Za-z_]\w*)":/g, '$1:').replaceAll(new RegExp(`"${enumMark}(\\w+)"`, 'g'), '$1')
}

const enumMark = 'enum '
