import { isEnumType, type GraphQLSchema } from 'graphql'

/** The values of an enum of the public schema. */
export type EnumValues = (name: string) => readonly string[]

export function enumValuesOf(schema: GraphQLSchema): EnumValues {
  return (name) => {
    const type = schema.getType(name)
    return isEnumType(type) ? type.getValues().map((value) => value.name) : []
  }
}

/** Adds the allowed values to graphql-js's sentence about a value that its enum does not have. */
export function withEnumValues(message: string, enumValues: EnumValues): string {
  const name =
    /Value "(?:[^"\\]|\\.)*" does not exist in "(\w+)" enum\./.exec(message)?.[1] ?? /Enum "(\w+)" cannot represent /.exec(message)?.[1]
  const values = name === undefined ? [] : enumValues(name)
  return values.length === 0 ? message : `${message} Allowed are ${values.join(', ')}.`
}
