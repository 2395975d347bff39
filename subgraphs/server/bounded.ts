import { slicedItems, startSlices, type Operation, type Slices } from '@strata/domain/shared'
import {
  defaultFieldResolver,
  getNamedType,
  isLeafType,
  isObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql'
import { sizeOfValue } from './answer-size.ts'
import type { SubgraphContext } from './context.ts'
import { listHolder, type HoldList } from './list-size.ts'

/**
 * Wraps every field of the schema so that all answers keep the limits. Lists have the size that their schema gives. An answer that grows too
 * large, or that no caller waits for any more, stops while it is built. A long answer lets other work run in between. Resolvers need no code
 * for this, so none can forget it.
 */
export function boundAnswers(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    for (const field of Object.values(type.getFields())) field.resolve = bounded(field, type.name === 'Mutation')
  }
  return schema
}

function bounded(field: GraphQLField<unknown, SubgraphContext>, isChange: boolean): GraphQLFieldResolver<unknown, SubgraphContext> {
  const resolve = field.resolve ?? defaultFieldResolver
  const hold = listHolder(field)
  const isLeaf = isLeafType(getNamedType(field.type))
  if (isChange) return resolve

  return (source, args, context, info) => {
    const { operation } = context
    if (operation === undefined) return held(resolve(source, args, context, info), args, hold)
    if (operation.signal.aborted) return never()
    return counted(resolve(source, args, context, info), args, { hold, operation, isLeaf, name: info.path.key })
  }
}

/** The starter of the operation has already ended it. No code waits for this promise, and no reference keeps it alive. */
function never(): Promise<never> {
  return new Promise(() => {})
}

interface Counting {
  readonly hold: HoldList | undefined
  readonly operation: Operation
  readonly isLeaf: boolean
  readonly name: string | number
}

function counted(value: unknown, args: Readonly<Record<string, unknown>>, counting: Counting): unknown {
  if (isPromise(value)) return value.then((settled) => count(settled, args, counting))
  return count(value, args, counting)
}

function count(value: unknown, args: Readonly<Record<string, unknown>>, { hold, operation, isLeaf, name }: Counting): unknown {
  if (operation.signal.aborted) return never()
  const items = Array.isArray(value) ? (hold?.(value, args) ?? value) : undefined
  const values = 1 + (items?.length ?? 0)
  operation.answered(values, String(name).length + 4 + (isLeaf ? sizeOfValue(items ?? value, operation) : 2 * values))
  if (items === undefined) return value
  return isLeaf || items.length <= shortList ? items : slicedItems(items, slicesOf(operation))
}

/** Lists up to this length complete in one go; longer ones complete in slices. */
const shortList = 64

function held(value: unknown, args: Readonly<Record<string, unknown>>, hold: HoldList | undefined): unknown {
  if (hold === undefined) return value
  const keep = (settled: unknown) => (Array.isArray(settled) ? hold(settled, args) : settled)
  return isPromise(value) ? value.then(keep) : keep(value)
}

function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise
}

const started = new WeakMap<Operation, Slices>()

function slicesOf(operation: Operation): Slices {
  const known = started.get(operation)
  if (known !== undefined) return known
  const slices = startSlices()
  started.set(operation, slices)
  return slices
}
