import { parsePageSize } from '@strata/domain/shared'
import { lastReport } from '@strata/domain/verification'
import { encodeCursor, isText, parseNumberPage, parsePage } from '../../server/connection.ts'
import type { QueryResolvers } from '../generated/types.ts'
import { isUuid, runConnection } from '../runs/resolvers/run.ts'

export const Query: QueryResolvers = {
  hook: (_, { name }, { loaders }) => loaders.hook.load(name),

  hooks: async (_, args, { services, loaders }) => {
    const page = await services.registry.hookPage(parsePage(args, isText))
    // Whether a release is live is then read of the same moment as which one is.
    for (const hook of page.items) loaders.hook.prime(hook.name, hook)
    return { page, cursorOf: (hook) => encodeCursor(hook.name), count: () => services.registry.hookCount() }
  },

  release: (_, { id }, { loaders }) => (isUuid(id) ? loaders.release.load(id) : null),

  run: (_, { id }, { loaders }) => (isUuid(id) ? loaders.run.load(id) : null),

  runs: (_, args, { loaders }) =>
    runConnection(loaders, args, {
      ...(args.hook == null ? {} : { hook: args.hook }),
      ...(args.status == null ? {} : { status: args.status }),
    }),

  runQueue: async (_, { first }, { services }) => [...(await services.runQueue(parsePageSize(first ?? 100)))],

  backfill: (_, { id }, { loaders }) => (isUuid(id) ? loaders.backfill.load(id) : null),

  backfills: async (_, args, { services }) => ({
    page: await services.backfills.backfillPage(args.hook ?? undefined, parsePage(args, isUuid)),
    cursorOf: ({ id }) => encodeCursor(id),
    count: () => services.backfills.backfillCount(args.hook ?? undefined),
  }),

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

  lastVerification: async (_, _args, { services }) => lastReport(await services.verifications.last()) ?? null,

  auditLog: async (_, { first, after, actor, operation }, { services }) => {
    const filter = { actor: actor ?? undefined, operation: operation ?? undefined }
    return {
      page: await services.audit.page(filter, parseNumberPage({ first, after })),
      cursorOf: ({ position }) => encodeCursor(String(position)),
      count: () => services.audit.count(filter),
    }
  },
}
