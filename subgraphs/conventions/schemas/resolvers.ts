import { parseSchemaVersion } from '@strata/domain/convention'
import { parseSchemaId } from '@strata/domain/shared'
import type { Resolvers } from '../generated/types.ts'

export const schemaResolvers: Resolvers = {
  Query: {
    schema: (_, { id, version }, { loaders, services }) => {
      const schemaId = parseSchemaId(id, 'id')
      if (version == null) return services.schemas.latestSchema(schemaId)
      return loaders.schema.load({ id: schemaId, version: parseSchemaVersion(version, 'version') })
    },
  },
  Schema: {
    __resolveReference: ({ id, version }, { loaders }) =>
      loaders.schema.load({ id: parseSchemaId(id, 'id'), version: parseSchemaVersion(version, 'version') }),
  },
}
