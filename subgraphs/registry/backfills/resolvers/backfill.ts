import { existing } from '../../../server/existing.ts'
import type { BackfillResolvers } from '../../generated/types.ts'
import { runConnection } from '../../runs/resolvers/run-connection.ts'

export const Backfill: BackfillResolvers = {
  hook: async ({ hook }, _, { loaders }) => existing(await loaders.hook.load(hook), 'hook'),
  release: async ({ releaseId }, _, { loaders }) => existing(await loaders.release.load(releaseId), 'release'),
  progress: async (backfill, _, { loaders }) => ({ expected: backfill.expected, ...(await loaders.backfillProgress.load(backfill)) }),
  runs: ({ id }, args, { loaders }) =>
    runConnection(loaders, args, { backfill: id, ...(args.status == null ? {} : { status: args.status }) }),
}
