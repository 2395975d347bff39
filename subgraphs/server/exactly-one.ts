import { BadUserInput, isJsonObject } from '@strata/domain/shared'
import {
  defaultFieldResolver,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql'

/**
 * Enforces `@exactlyOne` on every argument of the schema, before its resolver runs. Composition knows no `@oneOf`, so
 * the subgraphs' SDL has a directive of its own and this is the one place that gives it its meaning.
 */
export function enforceExactlyOne(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    for (const field of Object.values(type.getFields())) {
      const marked = field.args.filter((arg) => reachesMarked(arg.type, new Set()))
      if (marked.length === 0) continue
      const resolve = field.resolve ?? defaultFieldResolver
      field.resolve = (source, args: Record<string, unknown>, context, info) => {
        for (const arg of marked) checkArgument(arg, args[arg.name])
        return resolve(source, args, context, info)
      }
    }
  }
  return schema
}

function checkArgument(arg: GraphQLArgument, value: unknown): void {
  check(arg.type, value, arg.name)
}

function check(type: GraphQLInputType, value: unknown, path: string): void {
  if (value === null || value === undefined) return
  if (isNonNullType(type)) return check(type.ofType, value, path)
  if (isListType(type)) {
    if (Array.isArray(value)) value.forEach((item, i) => check(type.ofType, item, `${path}.${i}`))
    return
  }
  if (!isInputObjectType(type) || !isObject(value)) return
  const fields = type.getFields()
  if (isMarked(type)) {
    const given = Object.keys(value).filter((key) => value[key] !== null && value[key] !== undefined)
    if (given.length !== 1) {
      const keys = Object.keys(fields).join(', ')
      const what = given.length === 0 ? 'none is given' : `${given.join(' and ')} are given`
      throw new BadUserInput(`"${path}" takes exactly one of ${keys}; ${what}.`, path)
    }
  }
  for (const [key, field] of Object.entries(fields)) check(field.type, value[key], `${path}.${key}`)
}

function reachesMarked(type: GraphQLInputType, seen: Set<string>): boolean {
  const named = getNamedType(type)
  if (!isInputObjectType(named) || seen.has(named.name)) return false
  seen.add(named.name)
  return isMarked(named) || Object.values(named.getFields()).some((field) => reachesMarked(field.type, seen))
}

function isMarked(type: { astNode?: { directives?: readonly { name: { value: string } }[] } | null | undefined }): boolean {
  return type.astNode?.directives?.some((directive) => directive.name.value === 'exactlyOne') ?? false
}

function isObject(value: unknown): value is Record<string, unknown> {
  return isJsonObject(value)
}
