import { BadUserInput, isJsonObject } from '@strata/domain/shared'
import {
  defaultFieldResolver,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql'

/**
 * Refuses text with a NUL character, which PostgreSQL cannot store, in every argument of a query before its resolver runs. Mutations check
 * their input themselves: one bad record of many is a finding of that record. `except` names arguments whose resolvers treat such text like
 * any other unknown name.
 */
export function refuseUnstorableText(schema: GraphQLSchema, { except }: { readonly except: readonly string[] }): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__') || type === schema.getMutationType()) continue
    for (const field of Object.values(type.getFields())) {
      const texts = field.args.filter((arg) => !except.includes(arg.name) && reachesText(arg.type, new Set()))
      if (texts.length === 0) continue
      const resolve = field.resolve ?? defaultFieldResolver
      field.resolve = (source, args: Record<string, unknown>, context, info) => {
        for (const arg of texts) check(arg.type, args[arg.name], arg.name)
        return resolve(source, args, context, info)
      }
    }
  }
  return schema
}

function check(type: GraphQLInputType, value: unknown, path: string): void {
  if (isNonNullType(type)) return check(type.ofType, value, path)
  if (isListType(type)) {
    if (Array.isArray(value)) value.forEach((item, i) => check(type.ofType, item, `${path}.${i}`))
  } else if (isInputObjectType(type)) {
    if (isJsonObject(value)) for (const [key, field] of Object.entries(type.getFields())) check(field.type, value[key], `${path}.${key}`)
  } else if (isText(type.name) && typeof value === 'string' && value.includes('\0')) {
    throw new BadUserInput(`"${path}" contains a NUL character, which no text has.`, path)
  }
}

function reachesText(type: GraphQLInputType, seen: Set<string>): boolean {
  const named = getNamedType(type)
  if (seen.has(named.name)) return false
  seen.add(named.name)
  return isInputObjectType(named) ? Object.values(named.getFields()).some((field) => reachesText(field.type, seen)) : isText(named.name)
}

function isText(name: string): boolean {
  return name === 'String' || name === 'ID'
}
