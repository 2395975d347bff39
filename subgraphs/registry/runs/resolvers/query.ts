import { parsePageSize } from '@strata/domain/shared'
import { isUuid } from '../../../server/connection.ts'
import type { QueryResolvers } from '../../generated/types.ts'
import { runConnection } from './run-connection.ts'

export const Query: QueryResolvers = {
  run: (_, { id }, { loaders }) => (isUuid(id) ? loaders.run.load(id) : null),

  runs: (_, args, { loaders }) =>
    runConnection(loaders, args, {
      ...(args.hook == null ? {} : { hook: args.hook }),
      ...(args.status == null ? {} : { status: args.status }),
    }),

  runQueue: async (_, { first }, { services }) => [...(await services.runs.queue(parsePageSize(first ?? 100)))],
}
