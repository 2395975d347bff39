import { existing } from '../../../server/existing.ts'
import type { MutationResolvers } from '../../generated/types.ts'

export const Mutation: MutationResolvers = {
  reproduce: async (_, { run, sample }, { services, actor, loaders }) =>
    existing(await loaders.run.load(await services.reproductions.reproduce({ run, sample }, actor)), 'run'),
}
