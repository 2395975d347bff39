import type { MutationResolvers } from '../generated/types.ts'

export const Mutation: MutationResolvers = {
  deploy: (_, { input }, { services, caller }) => services.deploy(input, caller),
  removeConvention: (_, { slug }, { services }) => services.removeConvention(slug),
}
