import { existing } from '../../../server/existing.ts'
import type { HookReleaseResolvers, PointerEventResolvers } from '../../generated/types.ts'

export const HookRelease: HookReleaseResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.release.load(id),
  hook: async ({ hook }, _, { loaders }) => existing(await loaders.hook.load(hook), 'hook'),
  isLive: async ({ hook, id }, _, { loaders }) => (await loaders.hook.load(hook))?.live === id,
  sourceRefs: async ({ id }, _, { loaders }) => [...(await loaders.sourceRefs.load(id))],
  runCount: async ({ id }, _, { loaders }) => (await loaders.releaseTotals.load(id)).runs,
  recordCount: async ({ id }, _, { loaders }) => (await loaders.releaseTotals.load(id)).records,
  rowCount: async ({ id }, _, { loaders }) => (await loaders.releaseTotals.load(id)).rows,
}

export const PointerEvent: PointerEventResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.pointerEvent.load(id),
  hook: async ({ hook }, _, { loaders }) => existing(await loaders.hook.load(hook), 'hook'),
  from: async ({ from }, _, { loaders }) => (from === undefined ? null : existing(await loaders.release.load(from), 'release')),
  to: async ({ to }, _, { loaders }) => existing(await loaders.release.load(to), 'release'),
}
