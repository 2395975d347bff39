import { encodeCursor, isUuid, parseNumberPage, parsePage } from '../../../server/connection.ts'
import type { QueryResolvers } from '../../generated/types.ts'

export const Query: QueryResolvers = {
  viewer: (_, _args, { principal }) => ({
    kind: principal.kind,
    subject: principal.kind === 'ANONYMOUS' ? null : principal.subject,
    roles: principal.kind === 'USER' ? principal.roles : [],
    scopes: principal.kind === 'ANONYMOUS' ? [] : principal.scopes,
  }),

  tokens: async (_, args, { services: { identity } }) => ({
    page: await identity.tokens.page(parsePage(args, isUuid)),
    cursorOf: ({ id }) => encodeCursor(id),
    count: () => identity.tokens.count(),
  }),

  auditLog: async (_, { first, after, actor, operation }, { services: { identity } }) => {
    const filter = { actor: actor ?? undefined, operation: operation ?? undefined }
    return {
      page: await identity.audit.page(filter, parseNumberPage({ first, after })),
      cursorOf: ({ position }) => encodeCursor(String(position)),
      count: () => identity.audit.count(filter),
    }
  },
}
