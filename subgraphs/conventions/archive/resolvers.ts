import type { Resolvers } from '../generated/types.ts'

export const archiveResolvers: Resolvers = { Query: { version: (_, _args, { version }) => version } }
