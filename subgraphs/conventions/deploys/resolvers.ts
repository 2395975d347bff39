import type { Resolvers } from '../generated/types.ts'

export const deployResolvers: Resolvers = {
  Mutation: { deploy: (_, { input }, { services, caller }) => services.deploys.deploy(input, caller) },
  ReleaseOutcome: {
    hook: ({ hook, live }) => ({ name: hook, live: live === undefined ? null : { id: live, isLive: true } }),
    release: ({ release: { id }, live }) => ({ id, isLive: id === live }),
    staleRecords: ({ pending }) => pending.stale,
    missingRecords: ({ pending }) => pending.missing,
  },
}
