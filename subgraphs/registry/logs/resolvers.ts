import { BadUserInput } from '@strata/domain/shared'
import type { Resolvers } from '../generated/types.ts'

const maxTailLines = 10_000

export const logResolvers: Resolvers = {
  HookRun: {
    log: async ({ id }, { tailLines }, { loaders }) => {
      const lines = tailLines ?? 200
      if (lines < 1 || lines > maxTailLines) throw new BadUserInput(`"tailLines" is 1 to ${maxTailLines}.`, 'tailLines')
      return loaders.logTail.load({ run: id, lines })
    },
  },
}
