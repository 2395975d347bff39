import type { Hook } from '@strata/domain/registry'
import type { Context } from '../../context.ts'
import type { CreateReleasePayloadResolvers, SetLivePayloadResolvers } from '../../generated/types.ts'

// A change answers with the live pointer that its own transaction committed. Without this, `isLive` would be read after the commit,
// when another call may have moved the pointer again.

export const CreateReleasePayload: CreateReleasePayloadResolvers = {
  hook: ({ hook }, _, { loaders }) => asLeft(loaders, hook),
  release: ({ hook, release }, _, { loaders }) => {
    asLeft(loaders, hook)
    return release
  },
  staleRecords: ({ pending }) => pending.stale,
  missingRecords: ({ pending }) => pending.missing,
}

export const SetLivePayload: SetLivePayloadResolvers = {
  hook: ({ hook }, _, { loaders }) => asLeft(loaders, hook),
  previous: ({ hook, previous }, _, { loaders }) => {
    asLeft(loaders, hook)
    return previous ?? null
  },
  event: ({ hook, event }, _, { loaders }) => {
    asLeft(loaders, hook)
    return event ?? null
  },
  staleRecords: ({ pending }) => pending.stale,
  missingRecords: ({ pending }) => pending.missing,
}

function asLeft({ hook: hooks }: Context['loaders'], hook: Hook): Hook {
  hooks.clear(hook.name).prime(hook.name, hook)
  return hook
}
