import { existing } from '../../../server/existing.ts'
import type { MutationResolvers } from '../../generated/types.ts'

export const Mutation: MutationResolvers = {
  backfill: async (_, { input }, { services, actor, loaders }) => {
    const { backfill, records, batches, runs } = await services.backfills.start(input, actor)
    return {
      backfill: backfill === undefined ? null : existing(await loaders.backfill.load(backfill), 'backfill'),
      recordCount: records,
      batchCount: batches,
      runs: await Promise.all(runs.map(async (run) => existing(await loaders.run.load(run), 'run'))),
    }
  },

  cancelBackfill: async (_, { id }, { services, actor, loaders }) => {
    await services.backfills.cancel({ id }, actor)
    return existing(await loaders.backfill.clear(id).load(id), 'backfill')
  },

  resumeBackfill: async (_, { id }, { services, loaders }) => {
    await services.backfills.resume({ id })
    return existing(await loaders.backfill.clear(id).load(id), 'backfill')
  },
}
