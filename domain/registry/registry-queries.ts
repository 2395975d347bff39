import type { HookName, Listing, Page, PageRequest } from '@strata/domain/shared'
import type { Hook } from './hook.ts'
import type { PointerEvent } from './pointer-event.ts'
import type { HookRelease } from './release.ts'

/** Port: what is read of the registry. Look-ups answer in order, one query for all of them. */
export interface RegistryQueries {
  hooks(names: readonly string[]): Promise<readonly (Hook | undefined)[]>
  /** In the order of their names. */
  hookPage(page: PageRequest<string>): Promise<Page<Hook>>
  hookCount(): Promise<number>
  releases(ids: readonly string[]): Promise<readonly (HookRelease | undefined)[]>
  releaseOf(hook: HookName, version: number): Promise<HookRelease | undefined>
  /** Every source ref of each release: first the one it was made with, then the others in the order in which they came. */
  sourceRefs(ids: readonly string[]): Promise<readonly (readonly string[])[]>
  /** Newest first; the key is the version. */
  releasePages(listings: readonly Listing<HookName, number>[]): Promise<readonly Page<HookRelease>[]>
  releaseCounts(hooks: readonly HookName[]): Promise<readonly number[]>
  /** Newest first; the key is the position. */
  pointerPages(listings: readonly Listing<HookName, number>[]): Promise<readonly Page<PointerEvent>[]>
  pointerEvents(ids: readonly string[]): Promise<readonly (PointerEvent | undefined)[]>
  pointerCounts(hooks: readonly HookName[]): Promise<readonly number[]>
  /** What the runs of each release have made so far. */
  releaseTotals(ids: readonly string[]): Promise<readonly ReleaseTotals[]>
}

interface ReleaseTotals {
  readonly runs: number
  readonly records: number
  readonly rows: bigint
}
