import type { HookName, Listing, Page, PageRequest } from '@strata/domain/shared'
import type { Hook } from './hook.ts'
import type { PointerEvent } from './pointer-event.ts'
import type { HookRelease } from './release.ts'

/** Port: reads the registry. Look-ups return results in order, with one query. */
export interface RegistryQueries {
  hooks(names: readonly string[]): Promise<readonly (Hook | undefined)[]>
  /** Ordered by name. */
  hookPage(page: PageRequest<string>): Promise<Page<Hook>>
  hookCount(): Promise<number>
  releases(ids: readonly string[]): Promise<readonly (HookRelease | undefined)[]>
  releaseOf(hook: HookName, version: number): Promise<HookRelease | undefined>
  /** All source refs of each release: the one it was created with, then the others in order of submission. */
  sourceRefs(ids: readonly string[]): Promise<readonly (readonly string[])[]>
  /** Newest first; the key is the version. */
  releasePages(listings: readonly Listing<HookName, number>[]): Promise<readonly Page<HookRelease>[]>
  releaseCounts(hooks: readonly HookName[]): Promise<readonly number[]>
  /** Newest first; the key is the position. */
  pointerPages(listings: readonly Listing<HookName, number>[]): Promise<readonly Page<PointerEvent>[]>
  pointerEvents(ids: readonly string[]): Promise<readonly (PointerEvent | undefined)[]>
  pointerCounts(hooks: readonly HookName[]): Promise<readonly number[]>
  /** Totals over the runs of each release. */
  releaseTotals(ids: readonly string[]): Promise<readonly ReleaseTotals[]>
}

interface ReleaseTotals {
  readonly runs: number
  readonly records: number
  readonly rows: bigint
}
