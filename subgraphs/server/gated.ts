import { gates, requireRole, restrictedReads, type GatedUseCase } from '@strata/domain/identity'
import type { GraphQLField, GraphQLSchema } from 'graphql'
import type { SubgraphContext, SubgraphMutationContext } from './context.ts'
import { forget } from './loaders.ts'
import { perform } from './perform.ts'

/** Puts every mutation behind its gate, and what not everybody may read. A mutation without one is a bug that shows at start. */
export function gateFields(schema: GraphQLSchema): GraphQLSchema {
  for (const field of fieldsOf(schema.getMutationType())) gateMutation(field)
  for (const field of fieldsOf(schema.getQueryType())) restrictRead(field)
  return schema
}

type Field = GraphQLField<unknown, SubgraphContext>

function fieldsOf(type: ReturnType<GraphQLSchema['getQueryType']>): readonly Field[] {
  return Object.values(type?.getFields() ?? {})
}

function gateMutation(field: Field): void {
  const { name, resolve } = field
  if (!isGated(name)) throw new Error(`the mutation "${name}" has no gate in domain/identity/gate.ts`)
  if (!resolve) throw new Error(`the mutation "${name}" has no resolver`)
  field.resolve = async (source, args, context, info) => {
    // What was looked up before the change may not be true after it.
    try {
      return await perform(context, name, args, async (by) => {
        const passed: SubgraphMutationContext = { ...context, ...by }
        return resolve(source, args, passed, info)
      })
    } finally {
      forget(context.loaders)
    }
  }
}

function restrictRead(field: Field): void {
  const { name, resolve } = field
  if (!isRestricted(name) || !resolve) return
  field.resolve = (source, args, context, info) => {
    requireRole(context.principal, restrictedReads[name], name)
    return resolve(source, args, context, info)
  }
}

function isGated(name: string): name is GatedUseCase {
  return Object.hasOwn(gates, name)
}

function isRestricted(name: string): name is keyof typeof restrictedReads {
  return Object.hasOwn(restrictedReads, name)
}
