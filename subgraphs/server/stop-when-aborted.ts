import { isObjectType, type GraphQLSchema } from 'graphql'
import type { SubgraphContext } from './context.ts'

/** Once nobody waits for an operation any more, none of its resolvers starts: no further query goes to the database. */
export function stopWhenAborted(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    for (const field of Object.values(type.getFields())) {
      const { resolve } = field
      if (resolve === undefined) continue
      field.resolve = (source, args: unknown, context: SubgraphContext, info) => {
        context.signal?.throwIfAborted()
        return resolve(source, args, context, info)
      }
    }
  }
  return schema
}
