import { encodeCursor, isUuid, parsePage } from '../../../server/connection.ts'
import type { QueryResolvers } from '../../generated/types.ts'

export const Query: QueryResolvers = {
  backfill: (_, { id }, { loaders }) => (isUuid(id) ? loaders.backfill.load(id) : null),

  backfills: async (_, args, { services }) => ({
    page: await services.backfills.backfillPage(args.hook ?? undefined, parsePage(args, isUuid)),
    cursorOf: ({ id }) => encodeCursor(id),
    count: () => services.backfills.backfillCount(args.hook ?? undefined),
  }),
}
