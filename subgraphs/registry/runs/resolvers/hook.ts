import type { HookResolvers } from '../../generated/types.ts'
import { runConnection } from './run-connection.ts'

export const Hook: HookResolvers = {
  runs: ({ name }, args, { loaders }) =>
    runConnection(loaders, args, {
      hook: name,
      ...(args.status == null ? {} : { status: args.status }),
      ...(args.version == null ? {} : { version: args.version }),
    }),
}
