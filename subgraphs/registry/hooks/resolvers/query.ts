import { encodeCursor, isText, parsePage } from '../../../server/connection.ts'
import type { QueryResolvers } from '../../generated/types.ts'

export const Query: QueryResolvers = {
  hook: (_, { name }, { loaders }) => loaders.hook.load(name),

  hooks: async (_, args, { services, loaders }) => {
    const page = await services.hooks.hookPage(parsePage(args, isText))
    // Whether a release is live is then read of the same moment as which one is.
    for (const hook of page.items) loaders.hook.prime(hook.name, hook)
    return { page, cursorOf: (hook) => encodeCursor(hook.name), count: () => services.hooks.hookCount() }
  },
}
