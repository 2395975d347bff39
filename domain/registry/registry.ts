import type { HookName, Outbox, Slug } from '@strata/domain/shared'
import type { Hook } from './hook.ts'
import type { FeatureSpec } from './feature-spec/feature-spec.ts'
import type { PendingRecords } from './pending-records.ts'
import type { PointerEvent } from './pointer-event.ts'
import type { HookRelease, ParsedRelease, ReleaseId, ReleaseState } from './release.ts'

/** Port: hooks and their releases for writing, within the use case's transaction. */
export interface HookRepository {
  /** Locks the hook until the transaction ends, then reads. Waits for other writers of it. */
  claim(name: HookName): Promise<ClaimedHook | undefined>
  insert(name: HookName, feature: FeatureSpec): Promise<ClaimedHook>
  /** Replaces the documentation in a feature (descriptions and units), not its contract. */
  document(name: HookName, feature: FeatureSpec): Promise<void>
  addRelease(hook: HookName, version: number, release: ParsedRelease, actor: string): Promise<HookRelease>
  knowsSourceRef(release: HookRelease, sourceRef: string): Promise<boolean>
  /** Adds another source ref to a release. */
  addSourceRef(release: ReleaseId, sourceRef: string, actor: string): Promise<void>
  /** Moves the pointer and appends to its log. */
  moveLive(move: PointerMove, actor: string): Promise<PointerEvent>
  setState(release: ReleaseId, state: ReleaseState, reason: string, actor: string): Promise<HookRelease>
  conventionsUsing(name: HookName): Promise<readonly Slug[]>
  /** Records of these conventions that would be stale or missing if this release were live. Undefined: a new release without results. */
  pendingRecords(name: HookName, live: ReleaseId | undefined, conventions: readonly Slug[]): Promise<PendingRecords>
}

/** A hook while its row is locked: other transactions cannot change it. */
export interface ClaimedHook extends Hook {
  readonly releases: readonly HookRelease[]
  /** Releases that are live or have been; all others are staged. */
  readonly everLive: ReadonlySet<ReleaseId>
  /** The releases that the latest moves moved away from, if those moves were rollbacks. */
  readonly rolledBack: ReadonlySet<ReleaseId>
}

interface PointerMove {
  readonly hook: HookName
  readonly from: ReleaseId | undefined
  readonly to: ReleaseId
  readonly reason: string | undefined
  /** Whether `setLive` chose a lower version. */
  readonly isRollback: boolean
}

/** Port: the source texts of modules, stored once per digest. */
export interface ModuleStore {
  has(digest: string): Promise<boolean>
  save(digest: string, source: string): Promise<void>
}

/** Port: creates the table of a hook if it does not exist. */
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
