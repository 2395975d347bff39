import { existing } from '../../server/existing.ts'
import type { MutationResolvers } from '../generated/types.ts'

export const Mutation: MutationResolvers = {
  createRelease: (_, { input }, { services, actor }) => services.createRelease(input, actor),
  setLive: (_, { input }, { services, actor }) => services.setLive(input, actor),
  setReleaseState: async (_, { input }, { services, actor }) => ({ release: await services.setReleaseState(input, actor) }),
  createToken: (_, { input }, { services, actor }) => services.createToken(input, actor),
  revokeToken: (_, { id }, { services, actor }) => services.revokeToken(id, actor),

  cancelRun: async (_, { id }, { services, actor, loaders }) => {
    await services.cancelRun({ id }, actor)
    return existing(await loaders.run.clear(id).load(id), 'run')
  },

  retryRun: async (_, { id }, { services, actor, loaders }) => {
    const retry = await services.retryRun({ id }, actor)
    return existing(await loaders.run.load(retry), 'run')
  },

  backfill: async (_, { input }, { services, actor, loaders }) => {
    const { backfill, records, batches, runs } = await services.backfill(input, actor)
    return {
      backfill: backfill === undefined ? null : existing(await loaders.backfill.load(backfill), 'backfill'),
      recordCount: records,
      batchCount: batches,
      runs: await Promise.all(runs.map(async (run) => existing(await loaders.run.load(run), 'run'))),
    }
  },

  cancelBackfill: async (_, { id }, { services, actor, loaders }) => {
    await services.cancelBackfill({ id }, actor)
    return existing(await loaders.backfill.clear(id).load(id), 'backfill')
  },

  resumeBackfill: async (_, { id }, { services, actor, loaders }) => {
    await services.resumeBackfill({ id }, actor)
    return existing(await loaders.backfill.clear(id).load(id), 'backfill')
  },

  reproduce: async (_, { run, sample }, { services, actor, loaders }) =>
    existing(await loaders.run.load(await services.reproduce({ run, sample }, actor)), 'run'),
}
