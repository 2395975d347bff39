import { encodeCursor, isText, parseNumberPage, parsePage } from '../../server/connection.ts'
import type { QueryResolvers } from '../generated/types.ts'

const isUuid = (text: string): text is string => uuid.test(text)
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

  tokens: async (_, args, { services }) => ({
    page: await services.tokens.page(parsePage(args, isUuid)),
    cursorOf: ({ id }) => encodeCursor(id),
    count: () => services.tokens.count(),
  }),

  auditLog: async (_, { first, after, actor, operation }, { services }) => {
    const filter = { actor: actor ?? undefined, operation: operation ?? undefined }
    return {
      page: await services.audit.page(filter, parseNumberPage({ first, after })),
      cursorOf: ({ position }) => encodeCursor(String(position)),
      count: () => services.audit.count(filter),
    }
  },
}
