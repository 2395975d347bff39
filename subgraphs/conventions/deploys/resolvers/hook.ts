import type { HookResolvers, ReleaseOutcomeResolvers } from '../../generated/types.ts'

export const Hook: HookResolvers = {
  __resolveReference: ({ name }) => ({ name }),
  conventions: ({ name }, _, { loaders }) => loaders.conventionsUsingHook.load(name),
}

export const ReleaseOutcome: ReleaseOutcomeResolvers = {
  hook: ({ hook, live }) => ({ name: hook, live: live === undefined ? null : { id: live, isLive: true } }),
  release: ({ release: { id }, live }) => ({ id, isLive: id === live }),
  staleRecords: ({ pending }) => pending.stale,
  missingRecords: ({ pending }) => pending.missing,
}
