import { existing } from '../../../server/existing.ts'
import type { MutationResolvers } from '../../generated/types.ts'

export const Mutation: MutationResolvers = {
  cancelRun: async (_, { id }, { services, actor, loaders }) => {
    await services.runs.cancel({ id }, actor)
    return existing(await loaders.run.clear(id).load(id), 'run')
  },

  retryRun: async (_, { id }, { services, actor, loaders }) => {
    const retry = await services.runs.retry({ id }, actor)
    return existing(await loaders.run.load(retry), 'run')
  },
}
