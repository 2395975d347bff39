import { encodeCursor, isText, parsePage } from '../../server/connection.ts'
import type { QueryResolvers } from '../generated/types.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const Query: QueryResolvers = {
  hook: (_, { name }, { loaders }) => loaders.hook.load(name),

  hooks: async (_, args, { services }) => ({
    page: await services.registry.hookPage(parsePage(args, isText)),
    cursorOf: (hook) => encodeCursor(hook.name),
    count: () => services.registry.hookCount(),
  }),

  release: (_, { id }, { loaders }) => (uuid.test(id) ? loaders.release.load(id) : null),

  viewer: (_, _args, { principal }) => ({
    kind: principal.kind,
    subject: principal.kind === 'ANONYMOUS' ? null : principal.subject,
    roles: principal.kind === 'USER' ? principal.roles : [],
    scopes: principal.kind === 'ANONYMOUS' ? [] : principal.scopes,
  }),
}
