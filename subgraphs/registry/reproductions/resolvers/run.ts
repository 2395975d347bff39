import { encodeCursor, isUuid, parsePage } from '../../../server/connection.ts'
import { existing } from '../../../server/existing.ts'
import type { HookRunResolvers } from '../../generated/types.ts'

export const HookRun: HookRunResolvers = {
  reproduces: async ({ reproduces }, _, { loaders }) =>
    reproduces === undefined ? null : existing(await loaders.run.load(reproduces), 'run'),
  reproductions: async ({ id }, args, { loaders }) => ({
    page: await loaders.reproductionPage.load({ of: id, page: parsePage(args, isUuid) }),
    cursorOf: ({ run }) => encodeCursor(run),
    count: () => loaders.reproductionCount.load(id),
  }),
}
