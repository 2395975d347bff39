import type { HookRelease, PointerEvent } from '@strata/domain/registry'
import type { HookName } from '@strata/domain/shared'
import DataLoader from 'dataloader'
import { loadTogether, type PageLoader } from '../../server/loaders.ts'
import type { ReleaseServices } from './services.ts'

type Ids = readonly string[]

export function releaseLoaders(releases: ReleaseServices) {
  const releasePage: PageLoader<HookName, number, HookRelease> = loadTogether((listings) => releases.releasePages(listings))
  const pointerPage: PageLoader<HookName, number, PointerEvent> = loadTogether((listings) => releases.pointerPages(listings))
  return {
    release: new DataLoader((ids: Ids) => releases.releases(ids)),
    sourceRefs: new DataLoader((ids: Ids) => releases.sourceRefs(ids)),
    releaseTotals: new DataLoader((ids: Ids) => releases.releaseTotals(ids)),
    releasePage,
    releaseCount: new DataLoader((hooks: readonly HookName[]) => releases.releaseCounts(hooks)),
    pointerEvent: new DataLoader((ids: Ids) => releases.pointerEvents(ids)),
    pointerPage,
    pointerCount: new DataLoader((hooks: readonly HookName[]) => releases.pointerCounts(hooks)),
  }
}
