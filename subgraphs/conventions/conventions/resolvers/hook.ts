import type { HookResolvers } from '../../generated/types.ts'

export const Hook: HookResolvers = {
  __resolveReference: ({ name }) => ({ name }),
  conventions: ({ name }, _, { loaders }) => loaders.conventionsUsingHook.load(name),
}
