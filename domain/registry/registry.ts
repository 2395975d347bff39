import type { HookName, Outbox, Slug } from '@strata/domain/shared'
import type { Hook } from './hook.ts'
import type { FeatureSpec } from './feature-spec/feature-spec.ts'
import type { PendingRecords } from './pending-records.ts'
import type { PointerEvent } from './pointer-event.ts'
import type { HookRelease, ParsedRelease, ReleaseId, ReleaseState } from './release.ts'

/** Port: hooks and their releases, on the write side. All of it happens within the use case's transaction. */
export interface HookRepository {
  /** Waits for other writers of this hook, then reads; holds the hook until the transaction ends. */
  claim(name: HookName): Promise<ClaimedHook | undefined>
  insert(name: HookName, feature: FeatureSpec): Promise<ClaimedHook>
  /** Rewrites what is documentation in a feature; its contract stays. */
  document(name: HookName, feature: FeatureSpec): Promise<void>
  addRelease(hook: HookName, version: number, release: ParsedRelease, actor: string): Promise<HookRelease>
  knowsSourceRef(release: HookRelease, sourceRef: string): Promise<boolean>
  /** Keeps one more ref of a release, beside the one that it was made with. */
  addSourceRef(release: ReleaseId, sourceRef: string, actor: string): Promise<void>
  /** Moves the pointer and appends to its log. */
  moveLive(move: PointerMove, actor: string): Promise<PointerEvent>
  setState(release: ReleaseId, state: ReleaseState, reason: string, actor: string): Promise<HookRelease>
  conventionsUsing(name: HookName): Promise<readonly Slug[]>
  /** What would be stale or missing in these conventions if this release were live; undefined is one that has no results. */
  pendingRecords(name: HookName, live: ReleaseId | undefined, conventions: readonly Slug[]): Promise<PendingRecords>
}

/** A hook while its row is locked: other transactions cannot change it. */
export interface ClaimedHook extends Hook {
  readonly releases: readonly HookRelease[]
  /** The releases that are live or ever were; any other is staged. */
  readonly everLive: ReadonlySet<ReleaseId>
  /** The releases that the latest moves left, as long as those were rollbacks. */
  readonly rolledBack: ReadonlySet<ReleaseId>
}

interface PointerMove {
  readonly hook: HookName
  readonly from: ReleaseId | undefined
  readonly to: ReleaseId
  readonly reason: string | undefined
  /** Whether it was `setLive` that chose a lower version. */
  readonly isRollback: boolean
}

/** Port: modules' texts, each kept once under its digest. */
export interface ModuleStore {
  has(digest: string): Promise<boolean>
  save(digest: string, source: string): Promise<void>
}

/** Port: makes sure that a hook's table is there; doing it again changes nothing. */
export interface FeatureTables {
  ensure(hook: HookName, feature: FeatureSpec): Promise<void>
}

export interface RegistryPorts {
  readonly hooks: HookRepository
  readonly modules: ModuleStore
  readonly outbox: Outbox
}

export function liveRelease(hook: ClaimedHook): HookRelease | undefined {
  return hook.releases.find((release) => release.id === hook.live)
}
