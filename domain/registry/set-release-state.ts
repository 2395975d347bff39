import { BadUserInput, Conflict, NotFound, parseHookName } from '@strata/domain/shared'
import type { RegistryPorts } from './registry.ts'
import type { HookRelease, ReleaseState } from './release.ts'
import { requireRelease } from './set-live.ts'

export interface SetReleaseStateInput {
  readonly hook: string
  readonly version: number
  readonly state: ReleaseState
  readonly reason: string
}

/** Deprecates, yanks or reactivates a release. Nothing is deleted: its rows and runs stay readable. */
export async function setReleaseState(
  { hooks, outbox }: Pick<RegistryPorts, 'hooks' | 'outbox'>,
  input: SetReleaseStateInput,
  actor: string,
): Promise<HookRelease> {
  const name = parseHookName(input.hook, 'input.hook')
  const reason = input.reason.trim()
  if (reason === '' || reason.length > 2000) {
    throw new BadUserInput('Give a reason (up to 2000 characters); readers of these rows will need it.', 'input.reason')
  }
  const hook = await hooks.claim(name)
  if (!hook) throw new NotFound(`There is no hook "${name}".`, 'input.hook')
  const release = requireRelease(hook, input.version, 'input.version')
  if (release.state === input.state && release.stateReason === reason) return release
  if (release.state === 'YANKED' && input.state !== 'YANKED') {
    throw new Conflict(`Release ${release.version} of "${name}" was yanked, which is permanent; make a new release.`, 'input.state')
  }
  if (input.state === 'YANKED' && hook.live === release.id) {
    throw new Conflict(
      `Release ${release.version} of "${name}" is live; point live at another release first, then yank it.`,
      'input.version',
    )
  }
  const changed = await hooks.setState(release.id, input.state, reason, actor)
  await outbox.append({ type: 'ReleaseStateChanged', hook: name, version: release.version, state: input.state })
  return changed
}
