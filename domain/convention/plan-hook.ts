import {
  contractDifferences,
  findRelease,
  liveRelease,
  printPending,
  refuseInactive,
  refuseToUndo,
  requireVocabularyOf,
  rollbackUndoneBy,
  type ClaimedHook,
  type FeatureSpec,
  type HookRelease,
  type PendingRecords,
  type ReleaseId,
} from '@strata/domain/registry'
import { canonicalJson, Conflict, ContractMismatch, type Json, type Slug } from '@strata/domain/shared'
import type { Change } from './change.ts'
import type { WantedHook } from './manifest.ts'

/** The state of a hook as a deploy finds it, and what the deploy may do to its live pointer. */
export interface Circumstances {
  /** The other conventions that use the hook. */
  readonly others: readonly Slug[]
  readonly allowShared: boolean
  readonly promote: boolean
  readonly overrideRollback: boolean
  /** Whether the wanted release exists, but without this source ref. */
  readonly addsSourceRef: boolean
  /** The records that would be stale or missing if this release were live. */
  readonly pendingWith: (live: ReleaseId | undefined) => Promise<PendingRecords>
  /** A dry run reports the rollback that it would undo; a deploy refuses to undo it. */
  readonly dryRun: boolean
}

export interface HookPlan {
  readonly wanted: WantedHook
  readonly now: ClaimedHook | undefined
  /** The existing release of the wanted artifact. */
  readonly known: HookRelease | undefined
  readonly documents: boolean
  /** Whether the existing release does not have this source ref yet. */
  readonly addsSourceRef: boolean
  readonly movesLive: boolean
  /** Whether it would undo a rollback without `overrideRollback`; true only on a dry run. */
  readonly isHeldBack: boolean
  readonly pending: PendingRecords
  readonly changes: readonly Change[]
}

/** Plans what a deploy does to one hook. Refuses to break its contract, or to move a shared live pointer without `allowShared`. */
export async function planHook(wanted: WantedHook, now: ClaimedHook | undefined, given: Circumstances): Promise<HookPlan> {
  const known = now && findRelease(now, wanted.release)
  const movesLive = given.promote && (known === undefined || now?.live !== known.id)
  if (movesLive && known) refuseInactive(known, wanted.path)
  if (movesLive && now?.live !== undefined) refuseUnshared(wanted, given)
  const undone = movesLive ? rollbackUndoneBy(now, known) : undefined
  const isHeldBack = undone !== undefined && !given.overrideRollback
  if (isHeldBack && !given.dryRun) refuseToUndo(undone, `${wanted.path}.release`)
  const documents = now !== undefined && canonical(now.feature) !== canonical(wanted.feature)
  const { addsSourceRef } = given
  const pending = await given.pendingWith(movesLive ? known?.id : now?.live)
  const says = printPending(pending)
  const changes = changesOf(wanted, now, known, { documents, addsSourceRef, movesLive, undone, says })
  return { wanted, now, known, documents, addsSourceRef, movesLive, isHeldBack, pending, changes }
}

/** Faults in the hook's output contract, which do not depend on the release. */
export function checkContract(now: ClaimedHook | undefined, hook: Pick<WantedHook, 'name' | 'feature' | 'path'>): void {
  if (now) refuseOtherContract(now, hook)
  requireVocabularyOf(hook, `${hook.path}.feature.vocabulary`)
}

function refuseOtherContract(now: ClaimedHook, { name, feature, path }: Pick<WantedHook, 'name' | 'feature' | 'path'>): void {
  const differences = contractDifferences(now.feature, feature)
  if (differences.length === 0) return
  throw new ContractMismatch(
    `The output of "${name}" is fixed, and this would change it: ${differences.join('; ')}. Use another hook for the new output.`,
    `${path}.feature`,
  )
}

function refuseUnshared({ name, path }: WantedHook, { others, allowShared }: Circumstances): void {
  if (allowShared || others.length === 0) return
  const list = others.map((slug) => `"${slug}"`).join(', ')
  throw new Conflict(
    `Deploying this would move the live release of "${name}", which ${list} also uses; to confirm, deploy with allowShared: true.`,
    `${path}.release`,
  )
}

function changesOf(
  { name, release: { sourceRef } }: WantedHook,
  now: ClaimedHook | undefined,
  known: HookRelease | undefined,
  does: Pick<HookPlan, 'documents' | 'addsSourceRef' | 'movesLive'> & { undone: string | undefined; says: string },
): Change[] {
  const path = `hooks.${name}`
  const changes: Change[] = []
  if (now === undefined) changes.push({ path, kind: 'CREATED', summary: `Hook "${name}" and its table.` })
  if (does.documents) changes.push({ path: `${path}.feature`, kind: 'UPDATED', summary: `Descriptions and units of "${name}".` })
  const version = known?.version ?? (now?.releases.length ?? 0) + 1
  if (known === undefined) changes.push({ path: `${path}.release`, kind: 'CREATED', summary: `Release ${version} of "${name}".` })
  if (does.addsSourceRef) {
    changes.push({
      path: `${path}.release.sourceRef`,
      kind: 'UPDATED',
      summary: `Release ${version} of "${name}" was submitted with another source ref, "${sourceRef}", which is added to it.`,
    })
  }
  if (does.movesLive) {
    const before = now && liveRelease(now)
    const from = before ? `from ${before.version} ` : ''
    const undone = does.undone === undefined ? '' : ` ${does.undone}: this undoes that, and needs overrideRollback: true.`
    changes.push({
      path: `${path}.live`,
      kind: before ? 'UPDATED' : 'CREATED',
      summary: `Live release of "${name}" ${from}to ${version}.${undone}${does.says}`,
    })
  }
  return changes
}

function canonical(feature: FeatureSpec): string {
  return canonicalJson(feature as unknown as Json)
}
