import { parseSchemaVersion } from '@strata/domain/convention'
import { parseSchemaId } from '@strata/domain/shared'
import { encodeCursor, isText, parsePage } from '../../server/connection.ts'
import type { QueryResolvers } from '../generated/types.ts'

export const Query: QueryResolvers = {
  version: (_, _args, { version }) => version,

  convention: (_, { slug }, { loaders }) => loaders.convention.load(slug),

  conventions: async (_, args, { services }) => ({
    page: await services.conventions.conventionPage(parsePage(args, isText)),
    cursorOf: (convention) => encodeCursor(convention.slug),
    count: () => services.conventions.conventionCount(),
  }),

  schema: (_, { id, version }, { loaders, services }) => {
    const schemaId = parseSchemaId(id, 'id')
    if (version == null) return services.conventions.latestSchema(schemaId)
    return loaders.schema.load({ id: schemaId, version: parseSchemaVersion(version, 'version') })
  },
}
