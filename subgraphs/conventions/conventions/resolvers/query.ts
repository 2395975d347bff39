import { encodeCursor, isText, parsePage } from '../../../server/connection.ts'
import type { QueryResolvers } from '../../generated/types.ts'

export const Query: QueryResolvers = {
  convention: (_, { slug }, { loaders }) => loaders.convention.load(slug),

  conventions: async (_, args, { services }) => ({
    page: await services.conventions.conventionPage(parsePage(args, isText)),
    cursorOf: (convention) => encodeCursor(convention.slug),
    count: () => services.conventions.conventionCount(),
  }),
}
