import type { MutationResolvers } from '../../generated/types.ts'

export const Mutation: MutationResolvers = {
  createToken: (_, { input }, { services: { identity }, actor }) => identity.tokens.create(input, actor),
  revokeToken: (_, { id }, { services: { identity }, actor }) => identity.tokens.revoke(id, actor),
}
