import type { SchemaResolvers } from '../../generated/types.ts'

export const Schema: SchemaResolvers = {
  conventions: ({ id, version }, _, { loaders }) => loaders.conventionsOfSchema.load({ id, version }),
}
