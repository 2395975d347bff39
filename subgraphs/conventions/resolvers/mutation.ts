import type { MutationResolvers } from '../generated/types.ts'

export const Mutation: MutationResolvers = {
  deploy: (_, { input }, { services, actor }) => services.deploy(input, actor),
}
