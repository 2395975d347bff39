import { lastReport } from '@strata/domain/verification'
import type { Resolvers } from '../generated/types.ts'

export const verificationResolvers: Resolvers = {
  Query: { lastVerification: async (_, _args, { services }) => lastReport(await services.verification.last()) ?? null },
}
