import { NotFound, parseHookName } from '@strata/domain/shared'
import { findOrAddRelease, requireModule } from './find-or-add-release.ts'
import type { Hook } from './hook.ts'
import { moveLive } from './move-live.ts'
import type { RegistryPorts } from './registry.ts'
import type { PendingRecords } from './pending-records.ts'
import { parseRelease, type HookRelease, type ReleaseInput } from './release.ts'
import { requireVocabularyOf } from './require-vocabulary.ts'
import { refuseToUndo, rollbackUndoneBy } from './rollback.ts'

export interface CreateReleaseInput {
  readonly hook: string
  readonly release: ReleaseInput
  /** False stages the release: it exists, and live stays where it is. */
  readonly promote: boolean
  /** Make the release live although it was rolled back. */
  readonly overrideRollback?: boolean | undefined
}

export interface CreateReleaseResult {
  readonly hook: Hook
  readonly release: HookRelease
  readonly created: boolean
  readonly madeLive: boolean
  /** Whether the artifact was known and came under a source ref that was not; it is kept as well. */
  readonly sourceRefAdded: boolean
  /** Of the conventions that use the hook, with live as this left it. */
  readonly pending: PendingRecords
}

/**
 * A new version, or the one that exists already for the same artifact. It becomes live when it never was: a build that is submitted
 * again late does not move live back to an earlier release. One that was rolled back becomes live only when that is meant.
 */
export async function createRelease(ports: RegistryPorts, input: CreateReleaseInput, actor: string): Promise<CreateReleaseResult> {
  const name = parseHookName(input.hook, 'input.hook')
  const parsed = parseRelease(input.release, 'input.release')
  const hook = await ports.hooks.claim(name)
  if (!hook) throw new NotFound(`There is no hook "${name}"; deploy a convention that has it first.`, 'input.hook')
  requireVocabularyOf(hook, 'input.hook')
  await requireModule(ports, parsed, 'input.release')

  const { release, created, sourceRefAdded } = await findOrAddRelease(ports, hook, parsed, actor)
  if (created) await ports.outbox.append({ type: 'ReleaseCreated', hook: name, version: release.version })
  const rollback = input.promote ? rollbackUndoneBy(hook, release) : undefined
  if (rollback !== undefined && !input.overrideRollback) refuseToUndo(rollback, 'input.release')
  const movesLive = input.promote && (rollback !== undefined || !hook.everLive.has(release.id))
  const event = movesLive ? await moveLive(ports, hook, release, { actor, field: 'input.release' }) : undefined
  const left = event ? { ...hook, live: release.id } : hook
  const pending = await ports.hooks.pendingRecords(name, left.live, await ports.hooks.conventionsUsing(name))
  return { hook: left, release, created, madeLive: event !== undefined, sourceRefAdded, pending }
}
