import { NotFound, parseHookName, StaleLivePointer } from '@strata/domain/shared'
import type { Hook } from './hook.ts'
import { moveLive } from './move-live.ts'
import type { PendingRecords } from './pending-records.ts'
import type { PointerEvent } from './pointer-event.ts'
import { liveRelease, type ClaimedHook, type RegistryPorts } from './registry.ts'
import type { HookRelease } from './release.ts'

export interface SetLiveInput {
  readonly hook: string
  readonly version: number
  /** The version that the caller expects to be live; otherwise the move is refused. */
  readonly expectedVersion?: number | null | undefined
  readonly reason?: string | null | undefined
}

export interface SetLiveResult {
  readonly hook: Hook
  readonly previous: HookRelease | undefined
  /** Undefined when the version was already live. */
  readonly event: PointerEvent | undefined
  /** Counted over the conventions that use the hook, with the live release after this call. */
  readonly pending: PendingRecords
}

/** Makes any active release live, also an earlier one. A rollback is the same operation and keeps all history. */
export async function setLive(ports: Pick<RegistryPorts, 'hooks' | 'outbox'>, input: SetLiveInput, actor: string): Promise<SetLiveResult> {
  const name = parseHookName(input.hook, 'input.hook')
  const hook = await ports.hooks.claim(name)
  if (!hook) throw new NotFound(`There is no hook "${name}".`, 'input.hook')
  const previous = liveRelease(hook)
  if (input.expectedVersion != null && input.expectedVersion !== previous?.version) {
    const now = previous ? `release ${previous.version}` : 'none'
    throw new StaleLivePointer(
      `The live release of "${name}" is ${now}, not ${input.expectedVersion}: it has moved. Check the current state, then decide.`,
      'input.expectedVersion',
    )
  }
  const to = requireRelease(hook, input.version, 'input.version')
  const isRollback = previous !== undefined && to.version < previous.version
  const event = await moveLive(ports, hook, to, { actor, reason: input.reason ?? undefined, field: 'input.version', isRollback })
  const pending = await ports.hooks.pendingRecords(name, to.id, await ports.hooks.conventionsUsing(name))
  return { hook: { ...hook, live: to.id }, previous, event, pending }
}

export function requireRelease(hook: ClaimedHook, version: number, field: string): HookRelease {
  const release = hook.releases.find((candidate) => candidate.version === version)
  if (release) return release
  const has = hook.releases.length === 0 ? 'it has none yet' : `it has 1 to ${hook.releases.length}`
  throw new NotFound(`"${hook.name}" has no release ${version}; ${has}.`, field)
}
