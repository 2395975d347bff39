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
  /** False stages the release: it is created without becoming live. */
  readonly promote: boolean
  /** Allows a release that was rolled back to become live again. */
  readonly overrideRollback?: boolean | undefined
}

export interface CreateReleaseResult {
  readonly hook: Hook
  readonly release: HookRelease
  readonly created: boolean
  readonly madeLive: boolean
  /** Whether the artifact existed and got this additional source ref. */
  readonly sourceRefAdded: boolean
  /** Counted over the conventions that use the hook, with the live release after this call. */
  readonly pending: PendingRecords
}

/**
 * Creates a release, or returns the existing one of the same artifact. It becomes live unless it was live before, so a build that
 * is submitted late again does not move live back. A release that was rolled back becomes live only with `overrideRollback`.
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
