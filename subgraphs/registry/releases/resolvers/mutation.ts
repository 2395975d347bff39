import type { MutationResolvers } from '../../generated/types.ts'

export const Mutation: MutationResolvers = {
  createRelease: (_, { input }, { services, actor }) => services.releases.create(input, actor),
  setLive: (_, { input }, { services, actor }) => services.releases.setLive(input, actor),
  setReleaseState: async (_, { input }, { services, actor }) => ({ release: await services.releases.setState(input, actor) }),
}
