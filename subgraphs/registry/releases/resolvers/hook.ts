import { encodeCursor, parseNumberPage } from '../../../server/connection.ts'
import { existing } from '../../../server/existing.ts'
import type { HookResolvers } from '../../generated/types.ts'

export const Hook: HookResolvers = {
  live: async ({ live }, _, { loaders }) => (live === undefined ? null : existing(await loaders.release.load(live), 'live release')),

  release: ({ name }, { version }, { services }) => services.releases.releaseOf(name, version),

  releases: async ({ name }, args, { loaders }) => ({
    page: await loaders.releasePage.load({ of: name, page: parseNumberPage(args) }),
    cursorOf: ({ version }) => encodeCursor(String(version)),
    count: () => loaders.releaseCount.load(name),
  }),

  pointerLog: async ({ name }, args, { loaders }) => ({
    page: await loaders.pointerPage.load({ of: name, page: parseNumberPage(args) }),
    cursorOf: ({ position }) => encodeCursor(String(position)),
    count: () => loaders.pointerCount.load(name),
  }),
}
