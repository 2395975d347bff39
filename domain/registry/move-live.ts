import { Conflict } from '@strata/domain/shared'
import type { PointerEvent } from './pointer-event.ts'
import { liveRelease, type ClaimedHook, type RegistryPorts } from './registry.ts'
import type { HookRelease } from './release.ts'

/** Makes a release live and writes the event. Does nothing if it is live already. */
export async function moveLive(
  { hooks, outbox }: Pick<RegistryPorts, 'hooks' | 'outbox'>,
  hook: ClaimedHook,
  to: HookRelease,
  { actor, reason, field, isRollback = false }: { actor: string; reason?: string | undefined; field: string; isRollback?: boolean },
): Promise<PointerEvent | undefined> {
  if (hook.live === to.id) return undefined
  refuseInactive(to, field)
  const event = await hooks.moveLive({ hook: hook.name, from: hook.live, to: to.id, reason, isRollback }, actor)
  await outbox.append({ type: 'LivePointerMoved', hook: hook.name, from: liveRelease(hook)?.version ?? null, to: to.version })
  return event
}

export function refuseInactive(release: HookRelease, field: string): void {
  if (release.state === 'ACTIVE') return
  const why = release.stateReason === undefined ? '' : ` (${release.stateReason})`
  const name = `Release ${release.version} of "${release.hook}"`
  if (release.state === 'YANKED') throw new Conflict(`${name} was yanked${why} and can never be live again; choose another.`, field)
  throw new Conflict(`${name} is deprecated${why}; set its state to ACTIVE first, or choose another.`, field)
}
