import { actorOf, gates, passGate, type GatedUseCase } from '@strata/domain/identity'
import type { GraphQLSchema } from 'graphql'
import type { SubgraphContext } from './context.ts'
import { forget } from './loaders.ts'

/** Puts every mutation behind its gate. A mutation without one is a bug that shows at start. */
export function gateMutations(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { name, resolve } = field
    if (!isGated(name)) throw new Error(`the mutation "${name}" has no gate in domain/identity/gate.ts`)
    if (!resolve) throw new Error(`the mutation "${name}" has no resolver`)
    field.resolve = async (source, args, context: SubgraphContext, info) => {
      const caller = passGate(context.principal, name)
      // What was looked up before the change may not be true after it.
      try {
        return await resolve(source, args, { ...context, actor: actorOf(caller), caller }, info)
      } finally {
        forget(context.loaders)
      }
    }
  }
  return schema
}

function isGated(name: string): name is GatedUseCase {
  return Object.hasOwn(gates, name)
}
