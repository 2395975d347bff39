import { Conflict } from '@strata/domain/shared'
import { liveRelease, type ClaimedHook } from './registry.ts'
import type { HookRelease } from './release.ts'

/** The rollback that making this release live would undo, as a sentence; undefined when there is none. */
export function rollbackUndoneBy(hook: ClaimedHook | undefined, release: HookRelease | undefined): string | undefined {
  const live = hook && liveRelease(hook)
  if (hook === undefined || live === undefined || release === undefined || !hook.rolledBack.has(release.id)) return undefined
  return `"${hook.name}" was rolled back from release ${release.version} to ${live.version}`
}

export function refuseToUndo(rollback: string, field: string): never {
  throw new Conflict(
    `${rollback}, and this would undo that. Pass overrideRollback: true to confirm, or promote: false to keep the live release.`,
    field,
  )
}
